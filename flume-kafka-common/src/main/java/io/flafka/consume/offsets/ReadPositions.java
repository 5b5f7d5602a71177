// SPDX-License-Identifier: Apache-2.0
package io.flafka.consume.offsets;

import io.flafka.client.ClientProperties;
import io.flafka.client.ClientSettings;
import io.flafka.client.MetadataUpdates;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.LogTruncationException;
import org.apache.kafka.clients.consumer.NoOffsetForPartitionException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Polls a consumer and keeps its positions right: at the group's committed offsets, or, where these no longer exist, at the offsets that the agent
 * file's {@code auto.offset.reset} selects. Each change of a position is logged.
 *
 * <p>For the thread that owns the consumer. That consumer's own {@code auto.offset.reset} must be {@code none}. Guarantee: a topic that was deleted
 * and recreated is read from its beginning, whatever was read or committed before. If a partition moves back, {@link PendingRecords#forget} is called
 * before any record of it is returned.
 */
public final class ReadPositions implements StartingOffsets {

    private static final Logger LOG = LoggerFactory.getLogger(ReadPositions.class);

    /** The records that the caller has polled and not committed yet. */
    public interface PendingRecords {

        /** Returns the lowest offset of the partition that is not delivered yet; empty if there is no pending record. */
        OptionalLong lowestPendingOffset(TopicPartition partition);

        /** Drops the pending records and uncommitted offsets of these partitions: they are read again, from another offset. */
        void forget(Collection<TopicPartition> partitions);
    }

    private final Consumer<byte[], byte[]> consumer;
    private final TopicIdTracker topics;
    private final PositionReport report;
    private final StopOffsets stops;
    private final PositionInitializer initializer;
    private final PositionRepair repair;

    /**
     * Creates the positions of one consumer, which has not subscribed yet.
     *
     * @param component the component's kind and name, as messages show them
     * @param settings the consumer's settings, with the agent file's {@code auto.offset.reset}
     * @param consumer the consumer to poll
     * @param migration decides first, because it may have offsets of the group that Kafka does not have yet
     * @param range decides next, where the group has no offset, and where it stops
     * @param admins creates the admin clients that look up the ids of topics
     */
    public ReadPositions(
            String component,
            ClientSettings settings,
            Consumer<byte[], byte[]> consumer,
            StartingOffsets migration,
            ReadRange range,
            Function<ClientSettings, Admin> admins) {
        this(component, settings, consumer, migration, range, admins, Clock.systemUTC(), System::nanoTime);
    }

    ReadPositions(
            String component,
            ClientSettings settings,
            Consumer<byte[], byte[]> consumer,
            StartingOffsets migration,
            ReadRange range,
            Function<ClientSettings, Admin> admins,
            Clock clock,
            LongSupplier nanoTime) {
        this.consumer = consumer;
        PartitionPlace reset = PartitionPlace.parse(settings.offsetReset());
        this.topics = new TopicIdTracker(
                consumer, MetadataUpdates.of(consumer), new TopicIdLookup(component, admins, settings));
        OffsetLookup lookup = new OffsetLookup(consumer, clock);
        this.report = new PositionReport(component, settings.groupId(), reset, range);
        this.stops = new StopOffsets(consumer, range, lookup, report);
        this.initializer = new PositionInitializer(
                consumer, migration, new StartingMoves(range, reset, lookup), stops, topics, report, nanoTime);
        this.repair = new PositionRepair(consumer, reset, topics, lookup, report, initializer, stops);
        LOG.info(
                "{}: {} = {} applies where group {} has no valid offset. Kafka's client itself logs the value 'none', because the"
                        + " plugin applies it",
                component,
                ClientProperties.OFFSET_RESET,
                reset,
                settings.groupId());
    }

    @Override
    public void onAssigned(Collection<TopicPartition> partitions) {
        initializer.onAssigned(partitions);
    }

    @Override
    public void onRevoked(Collection<TopicPartition> partitions) {
        initializer.onRevoked(partitions);
    }

    @Override
    public Set<TopicPartition> retryUndecided() {
        return initializer.retryUndecided();
    }

    /** Reads partitions again from the group's committed offsets, as if they were newly assigned. Their pending records are forgotten. */
    public void readAgain(Collection<TopicPartition> partitions, PendingRecords pending) {
        initializer.readAgain(partitions, pending);
    }

    /** Returns offsets with the metadata that shows later whether the topic is still the same. For any thread. */
    public Map<TopicPartition, OffsetAndMetadata> withMetadata(Map<TopicPartition, OffsetAndMetadata> offsets) {
        Map<TopicPartition, OffsetAndMetadata> sent = new HashMap<>();
        offsets.forEach((partition, next) -> sent.put(partition, withMetadata(partition, next)));
        return sent;
    }

    OffsetAndMetadata withMetadata(TopicPartition partition, OffsetAndMetadata next) {
        return CommitMetadata.addTo(next, topics.idOf(partition));
    }

    /**
     * Polls the consumer and returns the next records.
     *
     * @param timeout the longest wait for a record
     * @param pending the records that the caller still has; it must forget those of partitions that are read again
     * @throws NoStartingOffsetException if the operator must set an offset
     */
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout, PendingRecords pending) {
        if (!initializer.rejected().isEmpty()) {
            // Like Kafka's client with none: nothing is read until the operator acts. The member stays in its group.
            consumer.pause(consumer.assignment());
        }
        ConsumerRecords<byte[], byte[]> read;
        try {
            stops.update();
            read = consumer.poll(timeout);
        } catch (NoOffsetForPartitionException withoutPosition) {
            initializer.onAssigned(withoutPosition.partitions());
            return ConsumerRecords.empty();
        } catch (LogTruncationException truncated) {
            repair.onOutOfRange(
                    truncated.offsetOutOfRangePartitions(),
                    truncated.partitions(),
                    truncated.divergentOffsets(),
                    pending);
            return ConsumerRecords.empty();
        } catch (OffsetOutOfRangeException outOfRange) {
            repair.onOutOfRange(outOfRange.offsetOutOfRangePartitions(), Set.of(), Map.of(), pending);
            return ConsumerRecords.empty();
        }
        if (!initializer.rejected().isEmpty() && read.isEmpty()) {
            throw report.noStartingOffset(initializer.rejected());
        }
        return stops.limit(discardIfRecreated(read, pending));
    }

    /** Returns the records unless a topic was recreated. Then it returns none: all are read again, from the right offsets. */
    private ConsumerRecords<byte[], byte[]> discardIfRecreated(
            ConsumerRecords<byte[], byte[]> read, PendingRecords pending) {
        topics.checkMetadata();
        if (!topics.isDoubtful(read.partitions())) {
            return read;
        }
        Map<TopicPartition, String> recreated = topics.findRecreated();
        if (recreated.isEmpty()) {
            return read;
        }
        Map<TopicPartition, Long> positions = new HashMap<>();
        for (TopicPartition partition : read.partitions()) {
            long first = read.records(partition).get(0).offset();
            positions.put(partition, first);
            // Before anything that can fail, so that no record is lost: the caller gets none of these.
            consumer.seek(partition, first);
        }
        repair.readFromBeginning(recreated, positions, pending);
        return ConsumerRecords.empty();
    }
}
