// SPDX-License-Identifier: Apache-2.0
package io.flafka.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.consume.LagGauge.Undelivered.OfPartition;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

/** Tests how far a consumer's component is behind. */
class LagGaugeTest {

    private static final TopicPartition FIRST = new TopicPartition("t", 0);
    private static final TopicPartition SECOND = new TopicPartition("t", 1);
    private static final long NO_TIME = -1;

    /** What the brokers answer, in place of what the client knows from its fetches. */
    private final Map<TopicPartition, Long> answer = new HashMap<>();

    private KafkaException refusal = new KafkaException("not used");
    private boolean isRefused;

    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest") {
        @Override
        public synchronized Map<TopicPartition, Long> endOffsets(
                Collection<TopicPartition> partitions, Duration timeout) {
            if (isRefused) {
                throw refusal;
            }
            // As Kafka's client does, which LagGaugeIT shows.
            updateEndOffsets(answer);
            return answer;
        }
    };
    private final Set<TopicPartition> withoutStart = new HashSet<>();
    private final Map<TopicPartition, OfPartition> undelivered = new HashMap<>();
    private final AtomicLong clock = new AtomicLong();
    private final LagGauge gauge = new LagGauge(() -> undelivered, clock::get);

    private void assign(TopicPartition... partitions) {
        consumer.assign(List.of(partitions));
        for (TopicPartition partition : partitions) {
            consumer.updateBeginningOffsets(Map.of(partition, 0L));
            consumer.updateEndOffsets(Map.of(partition, 0L));
        }
        consumer.poll(Duration.ZERO);
    }

    private void fetched(TopicPartition partition, long end) {
        consumer.updateEndOffsets(Map.of(partition, end));
    }

    private ConsumerLag measure(Duration later) {
        return measure(later, ConsumerRecords.empty());
    }

    private ConsumerLag measure(Duration later, ConsumerRecords<byte[], byte[]> read) {
        clock.addAndGet(later.toNanos());
        gauge.afterPoll(consumer, read, withoutStart);
        return gauge.lag();
    }

    private static ConsumerRecords<byte[], byte[]> read(TopicPartition partition, long timestamp) {
        ConsumerRecord<byte[], byte[]> record = new ConsumerRecord<>(
                partition.topic(),
                partition.partition(),
                0,
                timestamp,
                TimestampType.CREATE_TIME,
                0,
                0,
                new byte[0],
                new byte[0],
                new RecordHeaders(),
                Optional.empty());
        return new ConsumerRecords<>(Map.of(partition, List.of(record)), Map.of());
    }

    @Test
    void addsUpWhatIsNotFetchedAndWhatIsNotDelivered() {
        assign(FIRST, SECOND);
        fetched(FIRST, 10);
        fetched(SECOND, 1);
        undelivered.put(FIRST, new OfPartition(5, 7_000));

        ConsumerLag lag = measure(Duration.ZERO, read(SECOND, 3_000));

        assertThat(lag).isEqualTo(new ConsumerLag(2, 16, 15, 3_000));
        assertThat(lag.secondsBehind(10_000)).isEqualTo(7);
    }

    @Test
    void aPartitionThatIsReadToItsEndIsNotBehind() {
        assign(FIRST);

        ConsumerLag lag = measure(Duration.ZERO, read(FIRST, 3_000));

        assertThat(lag).isEqualTo(new ConsumerLag(1, 0, 0, Long.MAX_VALUE));
        assertThat(lag.secondsBehind(10_000)).isZero();
    }

    @Test
    void theAgeOfARecordWithoutATimestampIsUnknown() {
        assign(FIRST, SECOND);
        fetched(SECOND, 1);
        undelivered.put(FIRST, new OfPartition(1, NO_TIME));

        assertThat(measure(Duration.ZERO).secondsBehind(10_000)).isZero();
    }

    @Test
    void aRecordOfTheFutureIsNotBehind() {
        assertThat(new ConsumerLag(1, 1, 1, 20_000).secondsBehind(10_000)).isZero();
    }

    @Test
    void measuresOnceASecond() {
        assign(FIRST);
        measure(Duration.ZERO);
        fetched(FIRST, 10);

        assertThat(measure(Duration.ofMillis(999)).records()).isZero();
        assertThat(measure(Duration.ofMillis(1)).records()).isEqualTo(10);
    }

    @Test
    void asksForTheEndOfPausedPartitions() {
        assign(FIRST, SECOND);
        answer.put(FIRST, 100L);
        assertThat(measure(Duration.ofSeconds(10)).records()).isZero();
        consumer.pause(List.of(FIRST));
        assertThat(measure(Duration.ofSeconds(9)).records()).isZero();

        assertThat(measure(Duration.ofSeconds(1)).records()).isEqualTo(100);
    }

    @Test
    void aRefusalOfThatQuestionIsLeftToThePollAndNotAskedAgainSoon() {
        assign(FIRST);
        consumer.pause(List.of(FIRST));
        fetched(FIRST, 4);
        isRefused = true;
        refusal = new TimeoutException("no answer");
        assertThat(measure(Duration.ofSeconds(10)).records()).isEqualTo(4);

        refusal = new WakeupException();
        assertThat(measure(Duration.ofSeconds(59)).records()).isEqualTo(4);
        assertThatThrownBy(() -> measure(Duration.ofSeconds(1))).isSameAs(refusal);
    }

    @Test
    void aPartitionWithoutAStartHasNoLag() {
        assign(FIRST, SECOND);
        fetched(FIRST, 1_000_000);
        fetched(SECOND, 2);
        withoutStart.add(FIRST);

        assertThat(measure(Duration.ZERO)).isEqualTo(new ConsumerLag(2, 2, 2, Long.MAX_VALUE));
    }

    @Test
    void countsOnlyItsOwnPartitions() {
        assign(FIRST);
        fetched(FIRST, 10);
        measure(Duration.ZERO, read(FIRST, 3_000));

        assign(SECOND);
        undelivered.put(FIRST, new OfPartition(5, 7_000));

        assertThat(measure(Duration.ofSeconds(1))).isEqualTo(new ConsumerLag(1, 0, 0, Long.MAX_VALUE));
        gauge.clear();
        assertThat(gauge.lag()).isEqualTo(ConsumerLag.NONE);
    }
}
