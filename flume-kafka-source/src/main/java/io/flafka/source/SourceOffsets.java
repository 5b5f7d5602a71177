// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import io.flafka.consume.offsets.OffsetCommitter;
import io.flafka.failure.FailureReason;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits the offsets of delivered records. While records flow it does not wait for the answer. It waits if Kafka's answers lag, if a commit has
 * failed, before partitions are revoked, and at the stop.
 *
 * <p>Only for the thread that owns the consumer. Guarantees: a commit never includes a record that is not delivered, nor a partition that was lost or
 * forgotten. It never moves a committed offset back, because Kafka's client sends commits in order and does not retry an asynchronous commit. Offsets
 * whose commit fails stay uncommitted until a later commit succeeds.
 */
final class SourceOffsets implements DeliveredOffsets {

    private static final Logger LOG = LoggerFactory.getLogger(SourceOffsets.class);
    private static final Duration COMMIT_TIMEOUT = Duration.ofSeconds(5);

    /** Shorter, because it delays every batch: a failing commit slows the flow down but does not stop it. */
    private static final Duration TIMEOUT_WHILE_FAILING = Duration.ofSeconds(1);

    /** How many batches may be delivered before the next commit while one is unanswered. */
    private static final int MAX_BATCHES_PER_COMMIT = 5;

    /** Longer than quick batches take together. With slow batches the cost of a commit does not count. */
    private static final Duration MAX_TIME_BETWEEN_COMMITS = Duration.ofMillis(100);

    /** Of a commit of some partitions only, which tells nothing of the others. */
    private static final long NO_MARK = 0;

    private final String source;
    private final SourceMetrics metrics;
    /** The offset after the last delivered record of each partition, until it is committed. */
    private final Map<TopicPartition, OffsetAndMetadata> uncommitted = new HashMap<>();

    private final OffsetCommitter committer;
    private final RevokedProgress progress;
    private final UncommittedCount uncommittedCount = new UncommittedCount();
    private boolean isFailing;
    private int batchesSinceCommit;
    private final LongSupplier nanoTime;
    private long lastCommitNanos;

    SourceOffsets(String source, Consumer<?, ?> consumer, OffsetCommitter committer, SourceMetrics metrics) {
        this(source, consumer, committer, metrics, System::nanoTime);
    }

    SourceOffsets(
            String source,
            Consumer<?, ?> consumer,
            OffsetCommitter committer,
            SourceMetrics metrics,
            LongSupplier nanoTime) {
        this.source = source;
        this.metrics = metrics;
        this.committer = committer;
        this.progress = new RevokedProgress(consumer, committer);
        this.nanoTime = nanoTime;
        this.lastCommitNanos = nanoTime.getAsLong();
    }

    /** Needs nothing: Kafka gives out committed offsets at any time. */
    @Override
    public void prepare() {}

    @Override
    public void deliver(List<ConsumerRecord<byte[], byte[]>> records, Runnable put) {
        put.run();
        markDelivered(records);
    }

    /** Marks records as delivered. Those of a partition must be in the order of their offsets. */
    @Override
    public void markDelivered(List<ConsumerRecord<byte[], byte[]>> records) {
        uncommitted.putAll(NextOffsets.after(records));
        uncommittedCount.onDelivered(records.size());
    }

    @Override
    public long uncommittedRecords() {
        return uncommittedCount.unconfirmed();
    }

    @Override
    public Set<TopicPartition> takePartitionsToReadAgain() {
        return Set.of();
    }

    /** While a commit is unanswered, quick batches share the next one: those that Kafka's client has fetched already. */
    @Override
    public void onBatchEnd() {
        if (isCommitDue()) {
            commitDelivered();
        }
    }

    private boolean isCommitDue() {
        batchesSinceCommit++;
        return isFailing
                || !committer.hasUnanswered()
                || batchesSinceCommit >= MAX_BATCHES_PER_COMMIT
                || nanoTime.getAsLong() - lastCommitNanos >= MAX_TIME_BETWEEN_COMMITS.toNanos();
    }

    /**
     * Sends the offsets that are not committed and not on their way. A later poll or commit brings the answer. If Kafka's answers lag, or the last commit
     * failed, waits for the answer here.
     */
    @Override
    public void commitDelivered() {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>(uncommitted);
        long start = nanoTime.getAsLong();
        batchesSinceCommit = 0;
        lastCommitNanos = start;
        if (isFailing || committer.hasTooManyUnanswered()) {
            commitAndWait(offsets, isFailing ? TIMEOUT_WHILE_FAILING : COMMIT_TIMEOUT);
        } else {
            Sent commit = new Sent(offsets, start, uncommittedCount.mark());
            committer.commitAsync(offsets, (sent, failure) -> onAnswer(commit, failure));
        }
    }

    /**
     * A commit on its way to Kafka.
     *
     * @param offsets what it commits
     * @param startNanos when it was sent
     * @param mark the mark of {@link UncommittedCount} at that time
     */
    private record Sent(Map<TopicPartition, OffsetAndMetadata> offsets, long startNanos, long mark) {}

    private void onAnswer(Sent commit, @Nullable Exception failure) {
        if (failure != null) {
            onFailure(commit.offsets(), failure);
            return;
        }
        // Keeps partitions of which more was delivered meanwhile.
        commit.offsets().forEach(uncommitted::remove);
        uncommittedCount.onConfirmed(commit.mark());
        progress.onCommitted(committer.withMetadata(commit.offsets()));
        metrics.consumer().onCommitted();
        metrics.addToKafkaCommitTimer(
                Duration.ofNanos(nanoTime.getAsLong() - commit.startNanos()).toMillis());
        if (isFailing) {
            isFailing = false;
            LOG.info("KafkaSource {}: offset commits succeed again", source);
        }
    }

    private void onFailure(Map<TopicPartition, OffsetAndMetadata> offsets, Exception failure) {
        metrics.consumer().onCommitFailed();
        metrics.lastError().set("the commit of offsets failed: " + FailureReason.of(failure));
        if (!isFailing) {
            isFailing = true;
            LOG.warn(
                    "KafkaSource {}: the commit of offsets {} failed ({}); the next commit retries them. A restart before that delivers"
                            + " these events again",
                    source,
                    text(offsets),
                    FailureReason.of(failure));
        }
    }

    private static String text(Map<TopicPartition, OffsetAndMetadata> offsets) {
        return offsets.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue().offset())
                .sorted()
                .collect(Collectors.joining(", "));
    }

    /** Commits the offsets of partitions that are about to be revoked, waits for it, and stops tracking them even if the commit fails. */
    @Override
    public void onRevoked(Collection<TopicPartition> partitions) {
        commitAndWait(uncommittedOf(partitions), COMMIT_TIMEOUT);
        onLost(partitions);
    }

    /**
     * Stops tracking partitions that another member may have already: a commit now could move that member's offsets back. If they come back and the
     * group's offset is unchanged, {@link #onAssigned} commits them.
     */
    @Override
    public void onLost(Collection<TopicPartition> partitions) {
        progress.onRevokedOrLost(partitions, uncommittedOf(partitions));
        stopTracking(partitions);
    }

    /** Forgets all progress in these partitions. It is never committed. */
    @Override
    public void forget(Collection<TopicPartition> partitions) {
        progress.forget(partitions);
        stopTracking(partitions);
    }

    private Map<TopicPartition, OffsetAndMetadata> uncommittedOf(Collection<TopicPartition> partitions) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>(uncommitted);
        offsets.keySet().retainAll(partitions);
        return offsets;
    }

    private void stopTracking(Collection<TopicPartition> partitions) {
        uncommitted.keySet().removeAll(partitions);
        if (uncommitted.isEmpty()) {
            uncommittedCount.onNothingLeft();
        }
        committer.forgetLastSent();
        // If the partitions come back, the answer that is on its way says nothing about them.
        batchesSinceCommit = MAX_BATCHES_PER_COMMIT;
    }

    /**
     * Commits what was delivered of new partitions before this member lost them, if the group's offset is unchanged. This does not wait for the
     * next batch, which may take too long again.
     *
     * @return the offsets at which such partitions must resume
     */
    @Override
    public Map<TopicPartition, OffsetAndMetadata> onAssigned(Collection<TopicPartition> partitions) {
        Map<TopicPartition, OffsetAndMetadata> resumed = progress.onAssigned(partitions);
        uncommitted.putAll(resumed);
        commitAndWait(resumed, COMMIT_TIMEOUT);
        return resumed;
    }

    /** Commits for the last time. Then forgets the offsets, so that the revocation while the consumer closes does not wait for Kafka again. */
    @Override
    public void commitBeforeClose() {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>(uncommitted);
        commitAndWait(offsets, COMMIT_TIMEOUT);
        forget(offsets.keySet());
    }

    private void commitAndWait(Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
        if (offsets.isEmpty()) {
            return;
        }
        boolean isAll = offsets.keySet().containsAll(uncommitted.keySet());
        Sent commit = new Sent(offsets, nanoTime.getAsLong(), isAll ? uncommittedCount.mark() : NO_MARK);
        try {
            committer.commitSync(offsets, timeout);
            onAnswer(commit, null);
        } catch (KafkaException failure) {
            onAnswer(commit, failure);
        }
    }
}
