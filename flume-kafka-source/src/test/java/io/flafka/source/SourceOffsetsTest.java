// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.consume.offsets.OffsetCommitter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.clients.consumer.RetriableCommitFailedException;
import org.apache.kafka.clients.consumer.internals.AutoOffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Offsets that are sent without waiting: each once, in order, what fails again, and nothing for partitions that are gone. */
class SourceOffsetsTest {

    private static final TopicPartition FIRST = new TopicPartition("t", 0);
    private static final TopicPartition SECOND = new TopicPartition("t", 1);

    /** Answers when it is told to. */
    private static final class Group extends MockConsumer<byte[], byte[]> {

        private final List<Map<TopicPartition, OffsetAndMetadata>> asked = new ArrayList<>();
        private final List<OffsetCommitCallback> callbacks = new ArrayList<>();
        private final List<Map<TopicPartition, OffsetAndMetadata>> waitedFor = new ArrayList<>();

        Group() {
            super(AutoOffsetResetStrategy.EARLIEST.name());
        }

        @Override
        public synchronized void commitAsync(
                Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback callback) {
            asked.add(offsets);
            callbacks.add(callback);
        }

        @Override
        public synchronized void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
            waitedFor.add(offsets);
            super.commitAsync(offsets, null);
        }

        void accepts(int request) {
            callbacks.get(request).onComplete(asked.get(request), null);
        }

        void refuses(int request) {
            callbacks.get(request).onComplete(asked.get(request), new RetriableCommitFailedException("moved"));
        }
    }

    private final Group group = new Group();
    private final SourceMetrics metrics = new SourceMetrics("r1");
    private final SourceOffsets offsets = new SourceOffsets("r1", group, new OffsetCommitter(group), metrics);

    @BeforeEach
    void assign() {
        group.assign(List.of(FIRST, SECOND));
    }

    @Test
    void tellsTheLastOffsetOfEachPartitionOnce() {
        offsets.markDelivered(List.of(record(FIRST, 0), record(FIRST, 1), record(SECOND, 7)));

        offsets.commitDelivered();
        offsets.commitDelivered();

        assertThat(group.asked).containsExactly(Map.of(FIRST, next(2), SECOND, next(8)));
    }

    @Test
    void tellsTheLastOffsetOfEachTopicThoughTheirPartitionsHaveOneNumber() {
        TopicPartition ofOther = new TopicPartition("u", 0);
        offsets.markDelivered(List.of(record(FIRST, 3), record(ofOther, 8)));

        offsets.commitDelivered();

        assertThat(group.asked).containsExactly(Map.of(FIRST, next(4), ofOther, next(9)));
    }

    @Test
    void tellsNothingThatKafkaHas() {
        offsets.markDelivered(List.of(record(FIRST, 0)));
        offsets.commitDelivered();
        group.accepts(0);

        offsets.commitDelivered();

        assertThat(group.asked).hasSize(1);
    }

    @Test
    void tellsNothingAgainThatWasRefusedOnceALaterCommitWithItIsAccepted() {
        offsets.markDelivered(List.of(record(FIRST, 0), record(SECOND, 0)));
        offsets.commitDelivered();
        offsets.markDelivered(List.of(record(FIRST, 1)));
        offsets.commitDelivered();
        group.refuses(0);
        group.accepts(1);

        offsets.commitDelivered();

        assertThat(group.asked).hasSize(2).last().isEqualTo(Map.of(FIRST, next(2), SECOND, next(1)));
        assertThat(group.waitedFor).isEmpty();
        assertThat(metrics.getOffsetCommitFailCount()).isEqualTo(1);
    }

    @Test
    void waitsForWhatWasRefusedAndThenGoesOnWithoutWaiting() {
        offsets.markDelivered(List.of(record(FIRST, 0)));
        offsets.commitDelivered();
        group.refuses(0);

        offsets.markDelivered(List.of(record(FIRST, 1)));
        offsets.commitDelivered();
        offsets.markDelivered(List.of(record(FIRST, 2)));
        offsets.commitDelivered();

        assertThat(group.waitedFor).containsExactly(Map.of(FIRST, next(2)));
        assertThat(group.asked).containsExactly(Map.of(FIRST, next(1)), Map.of(FIRST, next(3)));
    }

    @Test
    void whereKafkaLagsEachBatchIsWaitedForSoThatNoneBeginsBeforeTheOneBeforeItIsTold() {
        for (int i = 0; i < 20; i++) {
            offsets.markDelivered(List.of(record(FIRST, i)));
            offsets.commitDelivered();
        }
        assertThat(group.asked).hasSize(5);
        assertThat(group.waitedFor).hasSize(15).last().isEqualTo(Map.of(FIRST, next(20)));

        group.accepts(0);
        offsets.markDelivered(List.of(record(FIRST, 20)));
        offsets.commitDelivered();

        assertThat(group.asked).hasSize(6).last().isEqualTo(Map.of(FIRST, next(21)));
    }

    @Test
    void waitsBeforePartitionsGoAndSaysNothingOfThemAfterwards() {
        offsets.markDelivered(List.of(record(FIRST, 4), record(SECOND, 5)));
        offsets.commitDelivered();

        offsets.onRevoked(List.of(FIRST));
        group.refuses(0);
        offsets.commitDelivered();

        assertThat(group.waitedFor).containsExactly(Map.of(FIRST, next(5)), Map.of(SECOND, next(6)));
    }

    @Test
    void saysNothingOfPartitionsThatAreLost() {
        offsets.markDelivered(List.of(record(FIRST, 4)));

        offsets.onLost(List.of(FIRST));
        offsets.commitDelivered();
        offsets.commitBeforeClose();

        assertThat(group.asked).isEmpty();
        assertThat(group.committed(Set.of(FIRST))).isEmpty();
    }

    @Test
    void tellsOfAPartitionThatComesBackAtTheOffsetWhereItWent() {
        offsets.markDelivered(List.of(record(FIRST, 4)));
        offsets.commitDelivered();
        offsets.onLost(List.of(FIRST));

        offsets.markDelivered(List.of(record(FIRST, 4)));
        offsets.commitDelivered();

        assertThat(group.asked).hasSize(2);
    }

    @Test
    void theEndWaitsForWhatIsOwed() {
        offsets.markDelivered(List.of(record(FIRST, 4)));
        offsets.commitDelivered();

        offsets.commitBeforeClose();

        assertThat(group.committed(Set.of(FIRST))).isEqualTo(Map.of(FIRST, next(5)));
    }

    private static OffsetAndMetadata next(long offset) {
        return new OffsetAndMetadata(offset);
    }

    private static ConsumerRecord<byte[], byte[]> record(TopicPartition partition, long offset) {
        return new ConsumerRecord<>(partition.topic(), partition.partition(), offset, new byte[0], new byte[0]);
    }
}
