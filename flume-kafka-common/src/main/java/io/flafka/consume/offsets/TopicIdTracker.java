// SPDX-License-Identifier: Apache-2.0
package io.flafka.consume.offsets;

import io.flafka.client.MetadataUpdates;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Knows of which topic, by its id, the position in each partition is, and when to doubt that it is still the topic of that name.
 *
 * <p>For the thread that owns the consumer. Costs no request as long as nothing hints at a change. The hints: Kafka's client has renewed its metadata
 * before their time, as it does when a fetch finds the topic gone; or at any time while a partition was paused, as its fetches could not find out; or no
 * partition of it was read for a while, as between two generations of the group. A topic that is made anew cannot be fetched from before one of these.
 */
final class TopicIdTracker {

    private final Consumer<?, ?> consumer;
    private final MetadataUpdates updates;
    private final TopicIdLookup brokers;
    private final Map<TopicPartition, String> ids = new HashMap<>();
    /** Also of topics that have gone: one of that name that comes is another. */
    private final Map<String, String> lastIds = new HashMap<>();

    private final Set<String> doubtful = new HashSet<>();

    TopicIdTracker(Consumer<?, ?> consumer, MetadataUpdates updates, TopicIdLookup brokers) {
        this.consumer = consumer;
        this.updates = updates;
        this.brokers = brokers;
    }

    /** The id of the topic that the partition's position is of; empty if it is not known. */
    String idOf(TopicPartition partition) {
        return ids.getOrDefault(partition, "");
    }

    /** The last id that a topic of that name is known to have had; empty if none is. */
    String lastIdOf(String topic) {
        return lastIds.getOrDefault(topic, "");
    }

    /** The position in the partition is of the topic with that id. */
    void isOf(TopicPartition partition, String id) {
        if (!id.isEmpty()) {
            ids.put(partition, id);
            lastIds.put(partition.topic(), id);
        }
    }

    /** The partitions are not read any more: from here on no fetch finds out that their topic has gone. */
    void gone(Collection<TopicPartition> partitions) {
        ids.keySet().removeAll(partitions);
        doubt(topicsOf(partitions));
    }

    /** To be called after each poll and at an assignment. */
    void look() {
        switch (updates.take()) {
            case EARLY -> doubt(topicsOf(consumer.assignment()));
            case ON_TIME -> doubt(topicsOf(consumer.paused()));
            case NOTHING -> {}
        }
    }

    /** Something else hints at a change of these topics. */
    void doubt(Set<String> topics) {
        doubtful.addAll(topics);
    }

    /** Whether something hints at a change of one of these topics. */
    boolean isDoubtful(Set<TopicPartition> partitions) {
        return !doubtful.isEmpty() && partitions.stream().anyMatch(partition -> doubtful.contains(partition.topic()));
    }

    /** The present ids of these topics, as far as the brokers say: asks them about those that are not known or doubtful. */
    Map<String, String> present(Set<String> topics) {
        Map<String, String> present = new HashMap<>();
        Set<String> unknown = new HashSet<>();
        for (String topic : topics) {
            String last = lastIdOf(topic);
            if (last.isEmpty() || doubtful.contains(topic)) {
                unknown.add(topic);
            } else {
                present.put(topic, last);
            }
        }
        present.putAll(brokers.of(unknown));
        return present;
    }

    /** The assigned partitions whose positions are of topics that are no more, with their topics' present ids; doubts about others end. */
    Map<TopicPartition, String> replaced() {
        Set<TopicPartition> assigned = consumer.assignment();
        Set<String> asked = topicsOf(assigned);
        asked.retainAll(doubtful);
        Map<String, String> present = brokers.of(asked);
        doubtful.removeAll(asked);
        Map<TopicPartition, String> replaced = new HashMap<>();
        for (TopicPartition partition : assigned) {
            String now = present.getOrDefault(partition.topic(), "");
            if (new CommitMetadata(idOf(partition), -1).isOfAnotherTopicThan(now)) {
                replaced.put(partition, now);
                doubtful.add(partition.topic());
            } else if (idOf(partition).isEmpty()) {
                isOf(partition, now);
            }
        }
        return replaced;
    }

    /** What was in doubt about these topics has been settled. */
    void settled(Set<String> topics) {
        doubtful.removeAll(topics);
    }

    static Set<String> topicsOf(Collection<TopicPartition> partitions) {
        return partitions.stream().map(TopicPartition::topic).collect(Collectors.toSet());
    }
}
