// SPDX-License-Identifier: Apache-2.0
package io.flafka.consume.offsets;

import io.flafka.client.MetadataUpdates;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Remembers the id of the topic that each position belongs to, and finds topics that were deleted and recreated.
 *
 * <p>For the thread that owns the consumer. Sends a request only if there is a hint that a topic may have been recreated: the topic is in doubt.
 * There are three hints:
 *
 * <ul>
 *   <li>Kafka's client renewed its metadata ahead of schedule. It does so when a fetch finds that the topic is gone.
 *   <li>Kafka's client renewed its metadata at any time while a partition of the topic was paused. A paused partition is not fetched.
 *   <li>A partition of the topic was not assigned for a while, for example during a rebalance.
 * </ul>
 *
 * <p>No record of a recreated topic can be fetched before one of these hints.
 */
final class TopicIdTracker {

    private final Consumer<?, ?> consumer;
    private final MetadataUpdates updates;
    private final TopicIdLookup lookup;
    /** Concurrent, because sinks ask for the id of a partition whose offset they commit. */
    private final Map<TopicPartition, String> ids = new ConcurrentHashMap<>();
    /** Also of topics that are no longer assigned: a topic of the same name may be another topic when it is assigned again. */
    private final Map<String, String> lastIds = new HashMap<>();

    private final Set<String> doubtful = new HashSet<>();

    TopicIdTracker(Consumer<?, ?> consumer, MetadataUpdates updates, TopicIdLookup lookup) {
        this.consumer = consumer;
        this.updates = updates;
        this.lookup = lookup;
    }

    /** Returns the id of the topic that the partition's position belongs to; empty if unknown. For any thread. */
    String idOf(TopicPartition partition) {
        return ids.getOrDefault(partition, "");
    }

    /** Returns the last known id of a topic of that name; empty if none is known. */
    String lastIdOf(String topic) {
        return lastIds.getOrDefault(topic, "");
    }

    /** Records that the partition's position belongs to the topic with that id; an empty id changes nothing. */
    void setId(TopicPartition partition, String id) {
        if (!id.isEmpty()) {
            ids.put(partition, id);
            lastIds.put(partition.topic(), id);
        }
    }

    /** Forgets these partitions, and doubts their topics: without fetches nothing shows that a topic is gone. */
    void onRevoked(Collection<TopicPartition> partitions) {
        ids.keySet().removeAll(partitions);
        doubt(topicsOf(partitions));
    }

    /** Takes notice of new metadata of the consumer. To be called after each poll, and at an assignment. */
    void checkMetadata() {
        switch (updates.take()) {
            case EARLY -> doubt(topicsOf(consumer.assignment()));
            case ON_TIME -> doubt(topicsOf(consumer.paused()));
            case NOTHING -> {}
        }
    }

    /** Marks these topics as possibly recreated. */
    void doubt(Set<String> topics) {
        doubtful.addAll(topics);
    }

    /** Returns whether a topic of these partitions is in doubt. */
    boolean isDoubtful(Set<TopicPartition> partitions) {
        return !doubtful.isEmpty() && partitions.stream().anyMatch(partition -> doubtful.contains(partition.topic()));
    }

    /** Returns the current ids of these topics, as far as known. Asks the brokers about topics that are unknown or in doubt. */
    Map<String, String> currentIds(Set<String> topics) {
        Map<String, String> current = new HashMap<>();
        Set<String> unknown = new HashSet<>();
        for (String topic : topics) {
            String last = lastIdOf(topic);
            if (last.isEmpty() || doubtful.contains(topic)) {
                unknown.add(topic);
            } else {
                current.put(topic, last);
            }
        }
        current.putAll(lookup.idsOf(unknown));
        return current;
    }

    /**
     * Returns the assigned partitions whose topic was recreated, with the new topic's id. Ends the doubt about all other assigned topics; recreated
     * ones stay in doubt until {@link #settle}.
     */
    Map<TopicPartition, String> findRecreated() {
        Set<TopicPartition> assigned = consumer.assignment();
        Set<String> asked = topicsOf(assigned);
        asked.retainAll(doubtful);
        Map<String, String> current = lookup.idsOf(asked);
        doubtful.removeAll(asked);
        Map<TopicPartition, String> recreated = new HashMap<>();
        for (TopicPartition partition : assigned) {
            String id = current.getOrDefault(partition.topic(), "");
            if (new CommitMetadata(idOf(partition), -1).isOfAnotherTopicThan(id)) {
                recreated.put(partition, id);
                doubtful.add(partition.topic());
            } else if (idOf(partition).isEmpty()) {
                setId(partition, id);
            }
        }
        return recreated;
    }

    /** Ends the doubt about these topics. */
    void settle(Set<String> topics) {
        doubtful.removeAll(topics);
    }

    static Set<String> topicsOf(Collection<TopicPartition> partitions) {
        return partitions.stream().map(TopicPartition::topic).collect(Collectors.toSet());
    }
}
