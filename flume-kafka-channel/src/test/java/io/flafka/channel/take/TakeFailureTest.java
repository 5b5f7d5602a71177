// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.take;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.badrecord.BadRecordPolicy;
import io.flafka.channel.ChannelSettings;
import io.flafka.channel.metrics.ChannelMetrics;
import io.flafka.channel.transaction.ChannelFailedException;
import io.flafka.client.ClientSettings;
import io.flafka.client.KafkaClients;
import io.flafka.event.HeaderSelection;
import io.flafka.event.RawEventCodec;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Takes during an outage, at an interrupt, and without records. */
class TakeFailureTest {

    private static final TopicPartition PARTITION = new TopicPartition("t", 0);
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final ChannelMetrics metrics = new ChannelMetrics("c1");
    private final TakeBuffer buffer = new TakeBuffer(TakeOrdering.PARTITION, new ReadAheadLimits(1_000, 1L << 20));
    private final AssignedQueues reader = new AssignedQueues("c1", buffer, () -> {});
    private final ThreadDeserializers deserializers = new ThreadDeserializers(new ClientSettings(Map.of()));
    private final BadRecordPolicy badRecords = ChannelSettings.from(
                    "c1", Map.of("kafka.bootstrap.servers", "broker:9092"))
            .errors()
            .start(metrics.badRecords(), KafkaClients.REAL);

    @AfterEach
    void close() {
        deserializers.close();
        badRecords.close();
    }

    @Test
    void failsAndIsCountedIfThereIsNoRecordDuringAnOutage() {
        reader.reportOutage("KafkaChannel c1: cannot read topic t: denied");
        TakeTransaction take = take(PATIENCE);

        assertThatThrownBy(take::take)
                .isInstanceOf(ChannelFailedException.class)
                .hasMessage("KafkaChannel c1: cannot read topic t: denied");

        assertThat(metrics.group().number("EventTakeFailCount")).isEqualTo(1);
    }

    @Test
    void endsABatchThatHasEventsInsteadOfFailing() {
        reader.add(ReadRecords.of(PARTITION, 0, 1));
        reader.reportOutage("denied");
        TakeTransaction take = take(PATIENCE);
        assertThat(take.take()).isNotNull();

        assertThat(take.take()).isNull();
        take.commit();

        assertThat(metrics.group().number("EventTakeFailCount")).isZero();
        assertThat(metrics.getEventTakeSuccessCount()).isEqualTo(1);
    }

    @Test
    void doesNotFailAfterAnOutage() {
        reader.reportOutage("denied");
        reader.endOutage();

        assertThat(take(Duration.ZERO).take()).isNull();
    }

    @Test
    void stopsWaitingAndKeepsTheInterrupt() {
        Thread.currentThread().interrupt();

        assertThat(take(PATIENCE).take()).isNull();

        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void anEmptyTransactionHoldsNothingAfterItsCommit() {
        TakeTransaction empty = take(Duration.ZERO);
        assertThat(empty.take()).isNull();
        empty.commit();
        reader.add(ReadRecords.of(PARTITION, 0, 1));

        assertThat(take(PATIENCE).take()).isNotNull();
        assertThat(metrics.getEventTakeAttemptCount()).isZero();
        assertThat(reader.offsetsToCommit()).isEmpty();
    }

    private TakeTransaction take(Duration pollTimeout) {
        return new TakeTransaction(
                "c1",
                pollTimeout,
                new RecordToChannelEvent(
                        deserializers.get(),
                        new RawEventCodec(),
                        HeaderSelection.none(),
                        RecordToChannelEvent.LocationHeaders.OMITTED),
                badRecords,
                new CommitWait.AtIntervals(),
                buffer,
                metrics);
    }
}
