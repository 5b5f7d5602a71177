// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flafka.channel.metrics.ChannelMetrics;
import io.flafka.channel.take.OpenTake;
import io.flafka.channel.take.PendingCommit;
import io.flafka.channel.take.ReadAheadLimits;
import io.flafka.channel.take.TakeBuffer;
import io.flafka.channel.take.TakeOrdering;
import io.flafka.channel.transaction.ChannelFailedException;
import io.flafka.testing.LogLines;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The reader with Kafka's mock consumer: paused partitions, revocations, and failures. */
class ReaderStopTest {

    private static final TopicPartition PARTITION = new TopicPartition("t", 0);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final int LIMIT = 10;

    private final MockGroup group = new MockGroup();
    private final ChannelMetrics metrics = new ChannelMetrics("c1");
    private final TakeBuffer buffer = new TakeBuffer(TakeOrdering.PARTITION, new ReadAheadLimits(LIMIT, 1L << 20));
    private final LogLines commitLog = new LogLines(CommitSchedule.class);
    private @Nullable ReaderThread reader;

    private void start(Duration commitInterval, MockGroup... groups) {
        ReaderThread started =
                MockGroupFactory.reader(new MockGroupFactory(groups), commitInterval, Duration.ZERO, buffer, metrics);
        reader = started;
        started.start();
    }

    @AfterEach
    void stop() {
        end();
        commitLog.close();
    }

    private void end() {
        if (reader != null) {
            reader.stop();
            assertThat(reader.awaitStop(PATIENCE)).isTrue();
        }
    }

    @Test
    void pausesAFullPartitionUntilRecordsAreTaken() throws InterruptedException {
        group.assign(PARTITION, LIMIT);
        start(LONG, group);
        await().until(() -> group.paused().contains(PARTITION));

        OpenTake open = new OpenTake();
        assertThat(buffer.refill(open, PATIENCE)).isTrue();
        while (open.hasNext()) {
            open.next();
        }
        buffer.complete(open);

        await().until(() -> group.paused().isEmpty());
    }

    @Test
    void aTakeFromAFullPartitionEndsTheCurrentPoll() throws InterruptedException {
        group.blockEmptyPolls();
        group.assign(PARTITION, LIMIT);
        start(LONG, group);
        await().until(group::isInPoll);
        assertThat(group.paused()).containsExactly(PARTITION);

        assertThat(buffer.refill(new OpenTake(), PATIENCE)).isTrue();

        await().until(() -> group.paused().isEmpty());
    }

    @Test
    void aCommitRequestEndsTheCurrentPoll() throws InterruptedException {
        group.blockEmptyPolls();
        group.assign(PARTITION, 1);
        start(LONG, group);
        OpenTake open = new OpenTake();
        assertThat(buffer.refill(open, PATIENCE)).isTrue();
        open.next();
        await().until(group::isInPoll);

        PendingCommit commit = buffer.complete(open).readers().iterator().next().requestCommit();

        assertThat(commit.await(PATIENCE)).isEqualTo(PendingCommit.Answer.CONFIRMED);
    }

    @Test
    void commitsNothingOfLostPartitions() throws InterruptedException {
        group.assign(PARTITION, 1);
        start(LONG, group);
        OpenTake open = new OpenTake();
        assertThat(buffer.refill(open, PATIENCE)).isTrue();
        open.next();
        buffer.complete(open);

        group.schedulePollTask(() -> group.lose(List.of(PARTITION)));
        await().until(() -> group.assignment().isEmpty());
        end();

        assertThat(group.committed()).isEmpty();
    }

    @Test
    void commitsDoneRecordsOfRevokedPartitions() throws InterruptedException {
        group.assign(PARTITION, 2);
        start(LONG, group);
        OpenTake open = new OpenTake();
        assertThat(buffer.refill(open, PATIENCE)).isTrue();
        open.next();
        buffer.complete(open);

        end();

        assertThat(group.committed()).containsExactly(Map.of(PARTITION, new OffsetAndMetadata(1)));
    }

    @Test
    void keepsTheConsumerIfAPartitionIsRevokedWhileItIsPaused() {
        group.failNextPause(new IllegalStateException("No current assignment for partition t-0"));
        group.assign(PARTITION, LIMIT);

        start(LONG, group);

        await().until(() -> group.paused().contains(PARTITION));
        assertThat(group.closed()).isFalse();
    }

    @Test
    void replacesAFailedConsumerAndReadsUnfinishedRecordsAgain() throws InterruptedException {
        MockGroup next = new MockGroup().assign(PARTITION, 2);
        MockGroup first = new MockGroup().assign(PARTITION, 2);
        start(LONG, first, next);
        OpenTake open = new OpenTake();
        assertThat(buffer.refill(open, PATIENCE)).isTrue();
        assertThat(open.next().offset()).isZero();
        buffer.rollBack(open);

        first.schedulePollTask(() -> {
            throw new IllegalStateException("thrown by a class of the operator");
        });
        await().ignoreException(ChannelFailedException.class).until(() -> buffer.refill(open, PATIENCE));

        assertThat(open.next().offset()).isZero();
        assertThat(next.assignment()).containsExactly(PARTITION);
        assertThat(first.closed()).isTrue();
    }

    @Test
    void logsFailedCommitsOncePerKindAndTheirEnd() {
        MockGroup refusing = new MockGroup().assign(PARTITION, LIMIT);
        refusing.refuse(2, new GroupAuthorizationException("flume"));
        start(Duration.ofMillis(5), refusing);

        await().until(() -> {
            OpenTake open = new OpenTake();
            if (buffer.refill(open, Duration.ofMillis(5))) {
                open.next();
                buffer.complete(open);
            }
            return commitLog.lines().size() == 2;
        });

        assertThat(metrics.group().number("OffsetCommitFailCount")).isEqualTo(2);
        assertThat(commitLog.lines().get(0)).startsWith("WARN KafkaChannel c1: its offset commit failed: t-0=");
        assertThat(commitLog.lines().get(1)).isEqualTo("INFO KafkaChannel c1: Kafka accepts its offset commits again");
    }
}
