// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.client.ClientSettings;
import io.flafka.client.KafkaClients;
import io.flafka.consume.offsets.OffsetCommitter;
import io.flafka.consume.offsets.ReadPositions;
import io.flafka.consume.offsets.ReadRange;
import io.flafka.consume.offsets.StartingOffsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.internals.AutoOffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** Tests how many records a source keeps pending, and which of them form a batch. */
class BatchCollectorTest {

    private static final TopicPartition FIRST = new TopicPartition("t", 0);
    private static final TopicPartition SECOND = new TopicPartition("t", 1);
    private static final Duration VERY_LONG = Duration.ofHours(1);
    private static final int RECORDS_PER_POLL = 5;

    /** A consumer of an endless topic: each poll returns the same number of records, unless the partition is paused. */
    private static final class EndlessTopic extends MockConsumer<byte[], byte[]> {

        private final List<Duration> polls = new ArrayList<>();
        private int recordsPerPoll = RECORDS_PER_POLL;
        private long nextOffset;

        EndlessTopic() {
            super(AutoOffsetResetStrategy.EARLIEST.name());
            assign(List.of(FIRST, SECOND));
            updateBeginningOffsets(Map.of(FIRST, 0L, SECOND, 0L));
        }

        @Override
        public synchronized ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
            polls.add(timeout);
            for (int i = 0; i < recordsPerPoll && !paused().contains(FIRST); i++) {
                addRecord(new ConsumerRecord<>("t", 0, nextOffset++, new byte[0], new byte[0]));
            }
            return super.poll(timeout);
        }
    }

    private final EndlessTopic topic = new EndlessTopic();

    @Test
    void keepsOnlyOnePollHoweverOftenTheBatchFails() {
        BatchCollector collector = collector(RECORDS_PER_POLL, 1, Duration.ZERO);

        for (int attempt = 0; attempt < 10; attempt++) {
            assertThat(offsets(collector.collect())).containsExactly(0L, 1L, 2L, 3L, 4L);
            collector.stayInGroup(Duration.ZERO);
        }

        assertThat(topic.nextOffset).isEqualTo(RECORDS_PER_POLL);
        assertThat(topic.paused()).containsExactlyInAnyOrder(FIRST, SECOND);
        assertThat(topic.polls).hasSize(20);
    }

    @Test
    void deliversALargePollInSeveralBatchesBeforeItReadsOn() {
        BatchCollector collector = collector(2, 1, Duration.ZERO);

        for (int expected = 0; expected < RECORDS_PER_POLL; expected += 2) {
            List<ConsumerRecord<byte[], byte[]>> batch = collector.collect();
            assertThat(batch.get(0).offset()).isEqualTo(expected);
            collector.markDelivered(batch.size());
        }

        assertThat(topic.nextOffset).isEqualTo(RECORDS_PER_POLL);
        assertThat(offsets(collector.collect())).containsExactly(5L, 6L);
        assertThat(topic.paused()).isEmpty();
    }

    @Test
    void aRemainderWaitsUntilTheMinimumIsReached() {
        BatchCollector collector = collector(4, 4, VERY_LONG);
        collector.markDelivered(collector.collect().size());

        List<Long> second = offsets(collector.collect());

        assertThat(second).containsExactly(4L, 5L, 6L, 7L);
        assertThat(topic.paused()).isEmpty();
    }

    @Test
    void readsLessThanOneBatchBeyondTheMinimum() {
        topic.recordsPerPoll = 3;
        BatchCollector collector = collector(4, 4, VERY_LONG);

        assertThat(offsets(collector.collect())).containsExactly(0L, 1L, 2L, 3L);
        assertThat(topic.nextOffset).isEqualTo(6);
        collector.collect();
        assertThat(topic.nextOffset).isEqualTo(6);
    }

    @Test
    void aRemainderIsDeliveredAfterTheBatchDuration() {
        BatchCollector collector = collector(4, 4, Duration.ZERO);
        collector.markDelivered(collector.collect().size());
        topic.recordsPerPoll = 0;

        assertThat(offsets(collector.collect())).containsExactly(4L);
        assertThat(topic.polls).last().isEqualTo(Duration.ZERO);
    }

    @Test
    void waitsAtOnceAfterAWaitThatBroughtNothing() {
        topic.recordsPerPoll = 0;
        BatchCollector collector = collector(4, 4, VERY_LONG);
        assertThat(collector.collect()).isEmpty();
        assertThat(collector.collect()).isEmpty();
        topic.recordsPerPoll = RECORDS_PER_POLL;
        collector.markDelivered(collector.collect().size());

        collector.collect();

        assertThat(topic.polls).containsExactly(Duration.ZERO, VERY_LONG, VERY_LONG, VERY_LONG, Duration.ZERO);
    }

    @Test
    void aFailedBatchDoesNotWaitForMoreRecords() {
        BatchCollector collector = collector(4, 4, VERY_LONG);
        collector.collect();
        collector.markDelivered(2);
        assertThat(offsets(collector.collect())).containsExactly(2L, 3L, 4L, 5L);
        long before = topic.nextOffset;

        assertThat(offsets(collector.collect())).containsExactly(2L, 3L, 4L, 5L);

        assertThat(topic.nextOffset).isEqualTo(before);
    }

    @Test
    void measuresTheProcessingTimeBetweenTwoPolls() {
        BatchCollector collector = collector(RECORDS_PER_POLL, 1, Duration.ZERO);

        collector.collect();

        assertThat(collector.processingTime()).isPositive();
    }

    @Test
    void theMinimumNeverExceedsTheMaximum() {
        assertThat(new BatchBounds(3, 1000, VERY_LONG).minSize()).isEqualTo(3);
        assertThat(new BatchBounds(3, 2, VERY_LONG).minSize()).isEqualTo(2);
    }

    private BatchCollector collector(int maxSize, int minSize, Duration duration) {
        ReadPositions positions = new ReadPositions(
                "KafkaSource r1",
                new ClientSettings(Map.of("auto.offset.reset", "earliest")),
                topic,
                StartingOffsets.KAFKA_ONLY,
                ReadRange.WHOLE,
                KafkaClients.REAL::admin);
        SourceOffsets offsets =
                new SourceOffsets("r1", topic, new OffsetCommitter(topic, positions), new SourceMetrics("r1"));
        return new BatchCollector(topic, new BatchBounds(maxSize, minSize, duration), positions, offsets);
    }

    private static List<Long> offsets(List<ConsumerRecord<byte[], byte[]>> records) {
        return records.stream().map(ConsumerRecord::offset).toList();
    }
}
