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
 * Tells Kafka what the sinks are done with: at intervals, without waiting, or as soon as a transaction waits for it. What Kafka does not take stays
 * owed, and is tried again; that is waited for.
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
    private final List<PendingCommit> waiting = new ArrayList<>();
    private long lastNanos = System.nanoTime();
    private boolean failing;
    private Duration pause = Duration.ZERO;

    /** The kinds of failure that were logged since Kafka took offsets last: the words of one kind differ at each attempt. */
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

    /** How long the reader may do something else. */
    Duration untilDue() {
        boolean isUrgent = failing || !waiting.isEmpty() || queues.isCommitWanted();
        Duration due = isUrgent || pause.compareTo(interval) > 0 ? pause : interval;
        Duration left = due.minusNanos(System.nanoTime() - lastNanos);
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** Commits if it is time to. */
    void commitIfDue() {
        if (untilDue().isZero()) {
            commit();
        }
    }

    private void commit() {
        queues.beginCommit().ifPresent(waiting::add);
        pause = Duration.ZERO;
        try {
            if (waiting.isEmpty() && !failing && !committer.hasTooManyUnanswered()) {
                send(queues.owed());
            } else {
                commit(queues.owed());
            }
        } catch (RebalanceInProgressException pollFirst) {
            pause = PAUSE_IN_REBALANCE;
        } catch (RetriableException later) {
            failed(later);
        } catch (KafkaException refused) {
            failed(refused);
            answer(PendingCommit::refuse);
        } finally {
            lastNanos = System.nanoTime();
        }
    }

    /** The poll goes on meanwhile. If Kafka does not take them, the next commit finds out why. */
    private void send(Map<TopicPartition, OffsetAndMetadata> offsets) {
        long start = System.nanoTime();
        committer.commitAsync(offsets, (sent, failure) -> {
            if (failure == null) {
                taken(offsets, start);
            } else {
                failing = true;
            }
        });
    }

    /** Commits what is owed now or never, as the partitions are about to be another member's. */
    void commitNow() {
        queues.beginCommit().ifPresent(waiting::add);
        Map<TopicPartition, OffsetAndMetadata> owed = queues.owed();
        try {
            commit(owed);
        } catch (KafkaException failed) {
            metrics.incrementOffsetCommitFailCount();
            LOG.warn(
                    "KafkaChannel {}: gives its partitions up with offsets that Kafka did not take: {} ({}); these events are delivered again",
                    channel,
                    readable(owed),
                    FailureReason.of(failed));
            answer(PendingCommit::refuse);
        }
    }

    private void commit(Map<TopicPartition, OffsetAndMetadata> offsets) {
        long start = System.nanoTime();
        committer.commitSync(offsets, COMMIT_TIMEOUT);
        failing = false;
        taken(offsets, start);
        answer(PendingCommit::confirm);
        if (!reported.isEmpty()) {
            reported.clear();
            LOG.info("KafkaChannel {}: Kafka takes its offsets again", channel);
        }
    }

    private void taken(Map<TopicPartition, OffsetAndMetadata> offsets, long start) {
        queues.committed(offsets);
        if (!offsets.isEmpty()) {
            metrics.addToKafkaCommitTimer(
                    Duration.ofNanos(System.nanoTime() - start).toMillis());
        }
    }

    private void failed(KafkaException failure) {
        failing = true;
        metrics.incrementOffsetCommitFailCount();
        pause = PAUSE_AFTER_FAILURE;
        FailureKind kind = FailureClassifier.kindOf(failure);
        if (reported.add(failure.getClass())) {
            LOG.warn(
                    "KafkaChannel {}: Kafka did not take the offsets {} ({}); {}; until then a restart or a rebalance delivers these events once more",
                    channel,
                    readable(queues.owed()),
                    FailureReason.of(failure),
                    failure instanceof CommitFailedException
                            ? "this member is out of its group, and joins again"
                            : kind.consequence());
        }
    }

    /** The reader makes no further commit here: whoever waits for one is told. */
    void abandon() {
        queues.beginCommit().ifPresent(waiting::add);
        answer(PendingCommit::refuse);
    }

    private void answer(Consumer<PendingCommit> answer) {
        waiting.forEach(answer);
        waiting.clear();
    }

    private static String readable(Map<TopicPartition, OffsetAndMetadata> offsets) {
        return offsets.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue().offset())
                .sorted()
                .collect(Collectors.joining(", "));
    }
}
