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
 * Lets a group go on in Kafka where it was in ZooKeeper: partitions for which it has no offset in Kafka get the one it has there.
 *
 * <p>For the thread that owns the consumer. Done by the member that has the partition: nobody else can commit it meanwhile, and a commit from outside
 * would be refused as soon as the group has members. Guarantee: an offset in Kafka is never replaced, and a partition is not read before it is known
 * that none is missing.
 */
final class OffsetMigration implements StartingOffsets {

    private static final Logger LOG = LoggerFactory.getLogger(OffsetMigration.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration NEXT_TRY = Duration.ofSeconds(5);

    private final String component;
    private final Consumer<?, ?> consumer;
    private final ZooKeeperOffsets former;
    private final Clock clock;
    private final Set<TopicPartition> decided = new HashSet<>();
    private final Set<TopicPartition> undecided = new HashSet<>();
    private Instant nextTry = Instant.MIN;
    private final Outage<String> outage = new Outage<>();

    OffsetMigration(String component, Consumer<?, ?> consumer, ZooKeeperOffsets former, Clock clock) {
        this.component = component;
        this.consumer = consumer;
        this.former = former;
        this.clock = clock;
    }

    @Override
    public void assigned(Collection<TopicPartition> partitions) {
        Set<TopicPartition> fresh = new HashSet<>(partitions);
        fresh.removeAll(decided);
        if (fresh.isEmpty()) {
            return;
        }
        undecided.addAll(fresh);
        // Before anything that can fail: a poll that is woken up goes on with these partitions.
        consumer.pause(fresh);
        tryToDecide();
        fresh.removeAll(undecided);
        consumer.resume(fresh);
    }

    @Override
    public void gone(Collection<TopicPartition> partitions) {
        undecided.removeAll(partitions);
    }

    @Override
    public Set<TopicPartition> undecided() {
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
            nextTry = clock.instant().plus(NEXT_TRY);
            report(String.valueOf(unknown.getMessage()));
            return;
        }
        decided.addAll(undecided);
        if (outage.ends()) {
            LOG.info("{}: reads {} now", component, sorted(undecided));
        }
        undecided.clear();
    }

    private void decide() throws ZooKeeperException {
        Map<TopicPartition, OffsetAndMetadata> known = consumer.committed(undecided, TIMEOUT);
        Set<TopicPartition> unknown = new HashSet<>(undecided);
        unknown.removeIf(partition -> known.get(partition) != null);
        // ZooKeeper may be gone once nothing is left to ask it.
        Map<TopicPartition, Long> offsets = unknown.isEmpty() ? Map.of() : former.of(unknown);
        if (!offsets.isEmpty()) {
            takeOver(offsets);
        }
    }

    private void takeOver(Map<TopicPartition, Long> offsets) {
        Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(offsets.keySet(), TIMEOUT);
        Map<TopicPartition, OffsetAndMetadata> first = new HashMap<>();
        // What Kafka has deleted since is passed over here: its own rule for such an offset may be to go to the end.
        offsets.forEach((partition, offset) -> first.put(
                partition, new OffsetAndMetadata(Math.max(offset, beginnings.getOrDefault(partition, offset)))));
        consumer.commitSync(first, TIMEOUT);
        first.forEach(consumer::seek);
        first.forEach((partition, offset) -> LOG.info(
                "{}: group {} goes on at offset {} of {}; in ZooKeeper {} it was at {}",
                component,
                former.group(),
                offset.offset(),
                partition,
                former.zookeeper(),
                offsets.get(partition)));
    }

    private void report(String reason) {
        if (outage.begins(reason)) {
            LOG.error(
                    "{}: does not read {}, as it is not known where group {} has been: {}. It is tried again; with {} = false"
                            + " the group begins where {} says",
                    component,
                    sorted(undecided),
                    former.group(),
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
