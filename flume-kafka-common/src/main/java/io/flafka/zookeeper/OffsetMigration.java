// SPDX-License-Identifier: Apache-2.0
package io.flafka.zookeeper;

import io.flafka.client.ClientProperties;
import io.flafka.consume.offsets.StartingOffsets;
import io.flafka.failure.Outage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies a group's offsets from ZooKeeper to Kafka, for partitions in which the group has no offset in Kafka.
 *
 * <p>For the thread that owns the consumer. The member that owns the partition copies its offset. No other member can commit it at the same time, and
 * Kafka rejects a commit from outside as soon as the group has members. Guarantee: an offset in Kafka is never replaced. A partition is not read
 * before its offset is in Kafka, or is known to be missing in ZooKeeper too.
 */
final class OffsetMigration implements StartingOffsets {

    private static final Logger LOG = LoggerFactory.getLogger(OffsetMigration.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration RETRY_INTERVAL = Duration.ofSeconds(5);

    private final String component;
    private final Consumer<?, ?> consumer;
    private final ZooKeeperOffsets source;
    private final Clock clock;
    private final Set<TopicPartition> decided = new HashSet<>();
    private final Set<TopicPartition> undecided = new HashSet<>();
    private Instant nextTry = Instant.MIN;
    private final Outage<String> outage = new Outage<>();

    OffsetMigration(String component, Consumer<?, ?> consumer, ZooKeeperOffsets source, Clock clock) {
        this.component = component;
        this.consumer = consumer;
        this.source = source;
        this.clock = clock;
    }

    @Override
    public void onAssigned(Collection<TopicPartition> partitions) {
        Set<TopicPartition> added = new HashSet<>(partitions);
        added.removeAll(decided);
        if (added.isEmpty()) {
            return;
        }
        undecided.addAll(added);
        // Before anything that can fail: after a wake-up, the next poll continues with these partitions.
        consumer.pause(added);
        tryToDecide();
        added.removeAll(undecided);
        consumer.resume(added);
    }

    @Override
    public void onRevoked(Collection<TopicPartition> partitions) {
        undecided.removeAll(partitions);
    }

    @Override
    public Set<TopicPartition> retryUndecided() {
        if (!undecided.isEmpty() && !clock.instant().isBefore(nextTry)) {
            tryToDecide();
        }
        return Set.copyOf(undecided);
    }

    private void tryToDecide() {
        try {
            decide();
        } catch (WakeupException | InterruptException meantForPoll) {
            throw meantForPoll;
        } catch (ZooKeeperException | KafkaException unknown) {
            nextTry = clock.instant().plus(RETRY_INTERVAL);
            reportOnce(String.valueOf(unknown.getMessage()));
            return;
        }
        decided.addAll(undecided);
        if (outage.ends()) {
            LOG.info("{}: now reads {}", component, sorted(undecided));
        }
        undecided.clear();
    }

    private void decide() throws ZooKeeperException {
        Map<TopicPartition, OffsetAndMetadata> known = consumer.committed(undecided, TIMEOUT);
        Set<TopicPartition> unknown = new HashSet<>(undecided);
        unknown.removeIf(partition -> known.get(partition) != null);
        // ZooKeeper may be switched off after the last migration, so it is not asked without need.
        Map<TopicPartition, Long> offsets = unknown.isEmpty() ? Map.of() : source.read(unknown);
        if (!offsets.isEmpty()) {
            migrate(offsets);
        }
    }

    private void migrate(Map<TopicPartition, Long> offsets) {
        Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(offsets.keySet(), TIMEOUT);
        Map<TopicPartition, OffsetAndMetadata> migrated = new HashMap<>();
        // An offset whose record is deleted becomes the oldest one here: auto.offset.reset could skip to the end.
        offsets.forEach((partition, offset) -> migrated.put(
                partition, new OffsetAndMetadata(Math.max(offset, beginnings.getOrDefault(partition, offset)))));
        consumer.commitSync(migrated, TIMEOUT);
        migrated.forEach(consumer::seek);
        migrated.forEach((partition, offset) ->
                reportMigrated(partition, offset.offset(), offsets.getOrDefault(partition, -1L)));
    }

    private void reportMigrated(TopicPartition partition, long offset, long inZooKeeper) {
        LOG.info(
                "{}: migrated the offset of group {} from ZooKeeper {} to Kafka: {} continues at offset {} (in ZooKeeper: {}{})",
                component,
                source.group(),
                source.zookeeper(),
                partition,
                offset,
                inZooKeeper,
                offset > inZooKeeper ? "; older than the oldest record in Kafka" : "");
    }

    private void reportOnce(String reason) {
        if (outage.begins(reason)) {
            LOG.error(
                    "{}: cannot read {} yet, because the last offset of group {} is not known: {}. Retrying. To start without"
                            + " the offsets in ZooKeeper, set {} = false; then {} applies, which can repeat or skip records",
                    component,
                    sorted(undecided),
                    source.group(),
                    reason,
                    ClientProperties.MIGRATE_OFFSETS,
                    ClientProperties.OFFSET_RESET);
        }
    }

    private static Set<TopicPartition> sorted(Set<TopicPartition> partitions) {
        Set<TopicPartition> sorted =
                new TreeSet<>(Comparator.comparing(TopicPartition::topic).thenComparing(TopicPartition::partition));
        sorted.addAll(partitions);
        return sorted;
    }
}
