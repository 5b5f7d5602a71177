// SPDX-License-Identifier: Apache-2.0
package io.flafka.consume.offsets;

import io.flafka.client.ClientSettings;
import io.flafka.testing.LogLines;
import io.flafka.testing.MovedClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** A component that reads two partitions of two topics, with its consumer, brokers and log. For one thread. */
final class ReadingComponent implements AutoCloseable {

    static final TopicPartition FIRST = new TopicPartition("t", 0);
    static final TopicPartition SECOND = new TopicPartition("u", 0);

    /** The component's pending records. */
    static final class Pending implements ReadPositions.PendingRecords {

        final Map<TopicPartition, Long> lowestOffsets = new HashMap<>();
        final List<TopicPartition> forgotten = new ArrayList<>();

        @Override
        public OptionalLong lowestPendingOffset(TopicPartition partition) {
            Long offset = lowestOffsets.get(partition);
            return offset == null ? OptionalLong.empty() : OptionalLong.of(offset);
        }

        @Override
        public void forget(Collection<TopicPartition> partitions) {
            forgotten.addAll(partitions);
        }
    }

    final ScriptedConsumer consumer = new ScriptedConsumer();
    final FakeTopics topics = new FakeTopics();
    final Pending pending = new Pending();
    final LogLines log = new LogLines(PositionReport.class);

    ReadingComponent() {
        topics.create("t", 1);
        topics.create("u", 2);
        consumer.has(FIRST, 0, 100);
        consumer.has(SECOND, 0, 100);
    }

    /** Assigns both partitions, at the committed offset 50. */
    ReadPositions reading(String reset) {
        consumer.hasCommitted(FIRST, new OffsetAndMetadata(50));
        consumer.hasCommitted(SECOND, new OffsetAndMetadata(50));
        ReadPositions positions = subscribe(reset, StartingOffsets.KAFKA_ONLY, new MovedClock(), System::nanoTime);
        consumer.rebalance(List.of(FIRST, SECOND));
        return positions;
    }

    /** Assigns both partitions to a group without committed offsets. */
    ReadPositions beginning(String reset, ReadRange range) {
        ReadPositions positions =
                subscribe(reset, StartingOffsets.KAFKA_ONLY, range, new MovedClock(), System::nanoTime);
        consumer.rebalance(List.of(FIRST, SECOND));
        return positions;
    }

    /** Subscribes; no partition is assigned yet. */
    ReadPositions subscribe(String reset, StartingOffsets migration, MovedClock clock, LongSupplier nanoTime) {
        return subscribe(reset, migration, ReadRange.WHOLE, clock, nanoTime);
    }

    private ReadPositions subscribe(
            String reset, StartingOffsets migration, ReadRange range, MovedClock clock, LongSupplier nanoTime) {
        ClientSettings settings = new ClientSettings(Map.of("auto.offset.reset", reset, "group.id", "g"));
        ReadPositions positions = new ReadPositions(
                "KafkaSource r1", settings, consumer, migration, range, topics::admin, clock, nanoTime);
        consumer.subscribe(List.of("t", "u"), new ConsumerRebalanceListener() {
            @Override
            public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
                positions.onRevoked(partitions);
            }

            @Override
            public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
                positions.onAssigned(partitions);
            }
        });
        return positions;
    }

    /** Polls once, and returns the offsets of the records. */
    List<Long> poll(ReadPositions positions) {
        List<Long> offsets = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : positions.poll(Duration.ZERO, pending)) {
            offsets.add(record.offset());
        }
        return offsets;
    }

    /** Returns the metadata that is committed with an offset of the first partition. */
    static String metadata(ReadPositions positions) {
        return positions.withMetadata(FIRST, new OffsetAndMetadata(7)).metadata();
    }

    @Override
    public void close() {
        log.close();
    }
}
