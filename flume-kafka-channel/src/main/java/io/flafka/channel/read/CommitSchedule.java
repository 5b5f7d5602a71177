// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.read;

import io.flafka.channel.metrics.ChannelMetrics;
import io.flafka.channel.take.AssignedQueues;
import io.flafka.channel.take.PendingCommit;
import io.flafka.consume.offsets.OffsetCommitter;
import io.flafka.failure.FailureClassifier;
import io.flafka.failure.FailureKind;
import io.flafka.failure.FailureReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits the offsets of delivered events: at intervals without waiting for the answer, or at once if a transaction waits for it.
 *
 * <p>If a commit fails, the offsets stay to be committed. The next commit is made after a pause, and its answer is waited for.
 *
 * <p>For the reader's thread.
 */
public final class CommitSchedule {

    private static final Logger LOG = LoggerFactory.getLogger(CommitSchedule.class);
    private static final Duration COMMIT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);
    private static final Duration PAUSE_IN_REBALANCE = Duration.ofMillis(50);

    private final String channel;
    private final AssignedQueues queues;
    private final OffsetCommitter committer;
    private final Duration interval;
    private final ChannelMetrics metrics;
    private final List<PendingCommit> pending = new ArrayList<>();
    private long lastNanos = System.nanoTime();
    private boolean isFailing;
    private Duration pause = Duration.ZERO;

    /** The failures logged since the last success. By class, because the messages of one failure differ at each attempt. */
    private final Set<Class<?>> reported = new HashSet<>();

    CommitSchedule(
            String channel,
            AssignedQueues queues,
            OffsetCommitter committer,
            Duration interval,
            ChannelMetrics metrics) {
        this.channel = channel;
        this.queues = queues;
        this.committer = committer;
        this.interval = interval;
        this.metrics = metrics;
    }

    private boolean isUrgent() {
        return isFailing || !pending.isEmpty() || queues.isCommitRequested();
    }

    /** Returns the time until the next commit is due. */
    Duration untilDue() {
        Duration due = isUrgent() || pause.compareTo(interval) > 0 ? pause : interval;
        Duration left = due.minusNanos(System.nanoTime() - lastNanos);
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** Returns true if nothing needs a commit, and nothing will before more records are read. */
    boolean isIdle() {
        return !isUrgent() && queues.areCommitted();
    }

    void commitIfDue() {
        if (untilDue().isZero()) {
            commit();
        }
    }

    private void commit() {
        queues.beginRequestedCommit().ifPresent(pending::add);
        pause = Duration.ZERO;
        try {
            if (pending.isEmpty() && !isFailing && !committer.hasTooManyUnanswered()) {
                commitAsync(queues.offsetsToCommit());
            } else {
                commitSync(queues.offsetsToCommit());
            }
        } catch (RebalanceInProgressException pollFirst) {
            pause = PAUSE_IN_REBALANCE;
        } catch (RetriableException later) {
            onFailure(later);
        } catch (KafkaException refused) {
            onFailure(refused);
            answer(PendingCommit::refuse);
        } finally {
            lastNanos = System.nanoTime();
        }
    }

    /** Logs nothing if it fails: the next commit waits for its answer and reports the failure. */
    private void commitAsync(Map<TopicPartition, OffsetAndMetadata> offsets) {
        long start = System.nanoTime();
        committer.commitAsync(offsets, (sent, failure) -> {
            if (failure == null) {
                onCommitted(offsets, start);
            } else {
                isFailing = true;
            }
        });
    }

    /** Commits once, without a retry, because the partitions are about to be revoked. */
    void commitBeforeRevocation() {
        queues.beginRequestedCommit().ifPresent(pending::add);
        Map<TopicPartition, OffsetAndMetadata> offsets = queues.offsetsToCommit();
        try {
            commitSync(offsets);
        } catch (KafkaException failed) {
            noteFailure(failed);
            LOG.warn(
                    "KafkaChannel {}: its last offset commit before it gives up its partitions failed: {} ({}); events delivered since the"
                            + " commit before can be delivered again",
                    channel,
                    format(offsets),
                    FailureReason.of(failed));
            answer(PendingCommit::refuse);
        }
    }

    private void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets) {
        long start = System.nanoTime();
        committer.commitSync(offsets, COMMIT_TIMEOUT);
        isFailing = false;
        onCommitted(offsets, start);
        answer(PendingCommit::confirm);
        if (!reported.isEmpty()) {
            reported.clear();
            LOG.info("KafkaChannel {}: Kafka accepts its offset commits again", channel);
        }
    }

    private void onCommitted(Map<TopicPartition, OffsetAndMetadata> offsets, long start) {
        queues.onCommitted(offsets);
        if (!offsets.isEmpty()) {
            metrics.consumer().onCommitted();
            metrics.addToKafkaCommitTimer(
                    Duration.ofNanos(System.nanoTime() - start).toMillis());
        }
    }

    private void onFailure(KafkaException failure) {
        isFailing = true;
        noteFailure(failure);
        pause = PAUSE_AFTER_FAILURE;
        FailureKind kind = FailureClassifier.kindOf(failure);
        if (reported.add(failure.getClass())) {
            LOG.warn(
                    "KafkaChannel {}: its offset commit failed: {} ({}); {}. Until a commit succeeds, a restart or a rebalance delivers these"
                            + " events again",
                    channel,
                    format(queues.offsetsToCommit()),
                    FailureReason.of(failure),
                    failure instanceof CommitFailedException
                            ? "this member is no longer in its group, and rejoins"
                            : kind.consequence());
        }
    }

    private void noteFailure(KafkaException failure) {
        metrics.consumer().onCommitFailed();
        metrics.lastError().set("the commit of offsets failed: " + FailureReason.of(failure));
    }

    /** Refuses the commits that transactions wait for, because the reader makes no further commit with this consumer. */
    void refusePending() {
        queues.beginRequestedCommit().ifPresent(pending::add);
        answer(PendingCommit::refuse);
    }

    private void answer(Consumer<PendingCommit> answer) {
        pending.forEach(answer);
        pending.clear();
    }

    private static String format(Map<TopicPartition, OffsetAndMetadata> offsets) {
        return offsets.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue().offset())
                .sorted()
                .collect(Collectors.joining(", "));
    }
}
