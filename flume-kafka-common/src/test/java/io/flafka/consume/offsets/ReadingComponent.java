// SPDX-License-Identifier: Apache-2.0
package io.flafka.consume.offsets;

import io.flafka.MovedClock;
import io.flafka.client.ClientSettings;
import io.flafka.testing.LogLines;
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

/** Two partitions of two topics that a component reads, with all that is told about them. For one thread. */
final class ReadingComponent implements AutoCloseable {

    static final TopicPartition FIRST = new TopicPartition("t", 0);
    static final TopicPartition SECOND = new TopicPartition("u", 0);

    /** What a component keeps. */
    static final class Component implements ReadPositions.Kept {

        final Map<TopicPartition, Long> undone = new HashMap<>();
        final List<TopicPartition> forgotten = new ArrayList<>();

        @Override
        public OptionalLong undone(TopicPartition partition) {
            Long offset = undone.get(partition);
            return offset == null ? OptionalLong.empty() : OptionalLong.of(offset);
        }

        @Override
        public void forget(Collection<TopicPartition> partitions) {
            forgotten.addAll(partitions);
        }
    }

    final ScriptedConsumer consumer = new ScriptedConsumer();
    final FakeTopics topics = new FakeTopics();
    final Component kept = new Component();
    final LogLines log = new LogLines(PositionReport.class);

    ReadingComponent() {
        topics.make("t", 1);
        topics.make("u", 2);
        consumer.has(FIRST, 0, 100);
        consumer.has(SECOND, 0, 100);
    }

    /** Assigned both partitions, at offset 50 that the group has committed. */
    ReadPositions reading(String reset) {
        consumer.hasCommitted(FIRST, new OffsetAndMetadata(50));
        consumer.hasCommitted(SECOND, new OffsetAndMetadata(50));
        ReadPositions positions = subscribed(reset, StartingOffsets.OF_KAFKA, new MovedClock(), System::nanoTime);
        consumer.rebalance(List.of(FIRST, SECOND));
        return positions;
    }

    /** Not assigned anything yet. */
    ReadPositions subscribed(String reset, StartingOffsets former, MovedClock clock, LongSupplier nanoTime) {
        ClientSettings settings = new ClientSettings(Map.of("auto.offset.reset", reset, "group.id", "g"));
        ReadPositions positions =
                new ReadPositions("KafkaSource r1", settings, consumer, former, topics::admin, clock, nanoTime);
        consumer.subscribe(List.of("t", "u"), new ConsumerRebalanceListener() {
            @Override
            public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
                positions.gone(partitions);
            }

            @Override
            public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
                positions.assigned(partitions);
            }
        });
        return positions;
    }

    /** What a poll brings. */
    List<Long> offsets(ReadPositions positions) {
        List<Long> offsets = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : positions.poll(Duration.ZERO, kept)) {
            offsets.add(record.offset());
        }
        return offsets;
    }

    /** What is committed beside an offset of the first partition. */
    static String note(ReadPositions positions) {
        return positions.noted(FIRST, new OffsetAndMetadata(7)).metadata();
    }

    @Override
    public void close() {
        log.close();
    }
}
