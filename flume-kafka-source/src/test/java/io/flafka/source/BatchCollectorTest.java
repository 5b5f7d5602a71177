// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.client.ClientSettings;
import io.flafka.consume.offsets.OffsetCommitter;
import io.flafka.consume.offsets.ReadPositions;
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

/** How much a source reads ahead of its channels, and what is in a batch. */
class BatchCollectorTest {

    private static final TopicPartition FIRST = new TopicPartition("t", 0);
    private static final TopicPartition SECOND = new TopicPartition("t", 1);
    private static final Duration FOR_EVER = Duration.ofHours(1);
    private static final int POLL = 5;

    /** A topic that always has more: each poll brings as many records as it may, of a partition that is not paused. */
    private static final class Endless extends MockConsumer<byte[], byte[]> {

        private final List<Duration> polls = new ArrayList<>();
        private int most = POLL;
        private long next;

        Endless() {
            super(AutoOffsetResetStrategy.EARLIEST.name());
            assign(List.of(FIRST, SECOND));
            updateBeginningOffsets(Map.of(FIRST, 0L, SECOND, 0L));
        }

        @Override
        public synchronized ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
            polls.add(timeout);
            for (int i = 0; i < most && !paused().contains(FIRST); i++) {
                addRecord(new ConsumerRecord<>("t", 0, next++, new byte[0], new byte[0]));
            }
            return super.poll(timeout);
        }
    }

    private final Endless topic = new Endless();

    @Test
    void holdsOnePollHoweverOftenItsBatchFails() {
        BatchCollector collector = collector(POLL, 1, Duration.ZERO);

        for (int attempt = 0; attempt < 10; attempt++) {
            assertThat(offsets(collector.collect())).containsExactly(0L, 1L, 2L, 3L, 4L);
            collector.stayInGroup(Duration.ZERO);
        }

        assertThat(topic.next).isEqualTo(POLL);
        assertThat(topic.paused()).containsExactlyInAnyOrder(FIRST, SECOND);
        assertThat(topic.polls).hasSize(20);
    }

    @Test
    void holdsOnePollWhileALargerOneGoesInPieces() {
        BatchCollector collector = collector(2, 1, Duration.ZERO);

        for (int expected = 0; expected < POLL; expected += 2) {
            List<ConsumerRecord<byte[], byte[]>> batch = collector.collect();
            assertThat(batch.get(0).offset()).isEqualTo(expected);
            collector.handedOver(batch.size());
        }

        assertThat(topic.next).isEqualTo(POLL);
        assertThat(offsets(collector.collect())).containsExactly(5L, 6L);
        assertThat(topic.paused()).isEmpty();
    }

    @Test
    void whatIsLeftOverFromABatchWaitsForMoreWhereABatchHasALeastSize() {
        BatchCollector collector = collector(4, 4, FOR_EVER);
        collector.handedOver(collector.collect().size());

        List<Long> second = offsets(collector.collect());

        assertThat(second).containsExactly(4L, 5L, 6L, 7L);
        assertThat(topic.paused()).isEmpty();
    }

    @Test
    void holdsLessThanABatchMoreWhereItWaits() {
        topic.most = 3;
        BatchCollector collector = collector(4, 4, FOR_EVER);

        assertThat(offsets(collector.collect())).containsExactly(0L, 1L, 2L, 3L);
        assertThat(topic.next).isEqualTo(6);
        collector.collect();
        assertThat(topic.next).isEqualTo(6);
    }

    @Test
    void whatIsLeftOverLeavesAsItIsOnceTheTimeIsOver() {
        BatchCollector collector = collector(4, 4, Duration.ZERO);
        collector.handedOver(collector.collect().size());
        topic.most = 0;

        assertThat(offsets(collector.collect())).containsExactly(4L);
        assertThat(topic.polls).last().isEqualTo(Duration.ZERO);
    }

    @Test
    void whatFailedDoesNotWaitForMore() {
        BatchCollector collector = collector(4, 4, FOR_EVER);
        collector.collect();
        collector.handedOver(2);
        assertThat(offsets(collector.collect())).containsExactly(2L, 3L, 4L, 5L);
        long read = topic.next;

        assertThat(offsets(collector.collect())).containsExactly(2L, 3L, 4L, 5L);

        assertThat(topic.next).isEqualTo(read);
    }

    @Test
    void theTimeBetweenTwoPollsIsWhatSomebodyElseHasTaken() {
        BatchCollector collector = collector(POLL, 1, Duration.ZERO);

        collector.collect();

        assertThat(collector.worked()).isPositive();
    }

    @Test
    void aBatchNeverWaitsForMoreThanItMayHold() {
        assertThat(new BatchBounds(3, 1000, FOR_EVER).least()).isEqualTo(3);
        assertThat(new BatchBounds(3, 2, FOR_EVER).least()).isEqualTo(2);
    }

    private BatchCollector collector(int most, int least, Duration duration) {
        ReadPositions positions = new ReadPositions(
                "KafkaSource r1",
                new ClientSettings(Map.of("auto.offset.reset", "earliest")),
                topic,
                StartingOffsets.KAFKA_ONLY);
        SourceOffsets offsets =
                new SourceOffsets("r1", topic, new OffsetCommitter(topic, positions), new SourceMetrics("r1"));
        return new BatchCollector(topic, new BatchBounds(most, least, duration), positions, offsets);
    }

    private static List<Long> offsets(List<ConsumerRecord<byte[], byte[]>> records) {
        return records.stream().map(ConsumerRecord::offset).toList();
    }
}
