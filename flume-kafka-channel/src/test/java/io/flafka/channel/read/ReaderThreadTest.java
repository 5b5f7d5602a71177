// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.flafka.channel.metrics.ChannelMetrics;
import io.flafka.channel.take.OpenTake;
import io.flafka.channel.take.PendingCommit;
import io.flafka.channel.take.ReadAheadLimits;
import io.flafka.channel.take.TakeBuffer;
import io.flafka.channel.take.TakeOrdering;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.RetriableCommitFailedException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The reader with Kafka's mock consumer: offset commits, and reasons to stop. */
class ReaderThreadTest {

    private static final TopicPartition PARTITION = new TopicPartition("t", 0);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration LONG = Duration.ofMinutes(5);

    private final MockGroup group = new MockGroup();
    private final ChannelMetrics metrics = new ChannelMetrics("c1");
    private final TakeBuffer buffer = new TakeBuffer(TakeOrdering.PARTITION, new ReadAheadLimits(1_000, 1L << 20));
    private ReaderThread reader = reader(LONG);
    private final OpenTake open = new OpenTake();

    private ReaderThread reader(Duration commitInterval) {
        return MockGroupFactory.reader(new MockGroupFactory(group), commitInterval, PATIENCE, buffer, metrics);
    }

    @BeforeEach
    void assignOneRecord() {
        group.schedulePollTask(() -> {
            group.updateBeginningOffsets(Map.of(PARTITION, 0L));
            group.updateEndOffsets(Map.of(PARTITION, 0L));
            group.rebalance(List.of(PARTITION));
            group.addRecord(new ConsumerRecord<>("t", 0, 0, new byte[0], new byte[] {1}));
        });
    }

    @AfterEach
    void stop() {
        reader.stop();
        assertThat(reader.awaitStop(PATIENCE)).isTrue();
        assertThat(group.closed()).isTrue();
    }

    @Test
    void commitsAsSoonAsATransactionRequestsIt() throws InterruptedException {
        TakeBuffer.Completed completed = takeAndComplete();

        assertThat(confirm(completed)).isEqualTo(PendingCommit.Answer.CONFIRMED);

        assertThat(committed()).isEqualTo(1);
    }

    @Test
    void commitsAtIntervalsWithoutWaitingIfNoTransactionWaits() throws InterruptedException {
        reader = reader(Duration.ofMillis(5));

        takeAndComplete();

        await().untilAsserted(() -> assertThat(committed()).isEqualTo(1));
        assertThat(group.commits()).hasValue(0);
    }

    @Test
    void pollsForLongOnlyWhileThereIsNothingToCommit() throws InterruptedException {
        Duration interval = Duration.ofMillis(5);
        reader = reader(interval);

        reader.start();
        assertThat(buffer.refill(open, PATIENCE)).isTrue();
        open.next();
        await().untilAsserted(() -> assertThat(group.lastPollTimeout()).isLessThanOrEqualTo(interval));
        buffer.complete(open);

        await().untilAsserted(() -> assertThat(group.lastPollTimeout()).isEqualTo(Duration.ofSeconds(1)));
        assertThat(committed()).isEqualTo(1);
    }

    @Test
    void retriesAFailedCommitAndWaitsForIt() throws InterruptedException {
        group.refuse(1, new RetriableCommitFailedException("the coordinator has moved"));
        reader = reader(Duration.ofMillis(5));

        takeAndComplete();

        await().untilAsserted(() -> assertThat(committed()).isEqualTo(1));
        assertThat(group.sent()).hasValue(1);
        assertThat(group.commits()).hasValue(2);
        assertThat(metrics.group().number("OffsetCommitFailCount")).isEqualTo(1);
    }

    @Test
    void retriesACommitRefusedInARebalanceAfterAPoll() throws InterruptedException {
        group.refuse(1, new RebalanceInProgressException("poll first"));

        assertThat(confirm(takeAndComplete())).isEqualTo(PendingCommit.Answer.CONFIRMED);

        assertThat(group.commits()).hasValue(2);
        assertThat(committed()).isEqualTo(1);
    }

    @Test
    void retriesAndCountsACommitThatKafkaDoesNotAnswer() throws InterruptedException {
        group.refuse(1, new TimeoutException("no coordinator"));

        assertThat(confirm(takeAndComplete())).isEqualTo(PendingCommit.Answer.CONFIRMED);

        assertThat(metrics.group().number("OffsetCommitFailCount")).isEqualTo(1);
        assertThat(committed()).isEqualTo(1);
    }

    @Test
    void aRefusedCommitEndsTheWaitIsCountedAndRetried() throws InterruptedException {
        group.refuse(1, new GroupAuthorizationException("flume"));
        reader = reader(Duration.ofMillis(5));

        assertThat(confirm(takeAndComplete())).isEqualTo(PendingCommit.Answer.REFUSED);

        assertThat(metrics.group().number("OffsetCommitFailCount")).isEqualTo(1);
        await().untilAsserted(() -> assertThat(committed()).isEqualTo(1));
    }

    @Test
    void commitsDoneRecordsAtTheStop() throws InterruptedException {
        takeAndComplete();

        reader.stop();
        reader.awaitStop(PATIENCE);

        assertThat(group.commits()).hasValue(1);
    }

    @Test
    void aFencedMemberStops() throws InterruptedException {
        takeAndComplete();
        group.schedulePollTask(() -> {
            throw new FencedInstanceIdException("taken over");
        });

        assertThat(reader.awaitStop(PATIENCE)).isTrue();

        assertThat(group.closed()).isTrue();
    }

    @Test
    void anInterruptedReaderStopsAndFailsTakesWithTheReason() throws InterruptedException {
        takeAndComplete();
        group.schedulePollTask(() -> {
            throw new InterruptException("interrupted");
        });

        assertThat(reader.awaitStop(PATIENCE)).isTrue();

        assertThatThrownBy(() -> buffer.refill(open, PATIENCE))
                .hasMessage(
                        "KafkaChannel c1: has stopped reading topic t: other code in the agent interrupted its thread;"
                                + " restart the agent");
    }

    private TakeBuffer.Completed takeAndComplete() throws InterruptedException {
        reader.start();
        assertThat(buffer.refill(open, PATIENCE)).isTrue();
        open.next();
        return buffer.complete(open);
    }

    private static PendingCommit.Answer confirm(TakeBuffer.Completed completed) {
        assertThat(completed.readers()).hasSize(1);
        return completed.readers().iterator().next().requestCommit().await(PATIENCE);
    }

    private long committed() {
        OffsetAndMetadata offset = group.committed(Set.of(PARTITION)).get(PARTITION);
        return offset == null ? 0 : offset.offset();
    }
}
