// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import io.flafka.consume.offsets.OffsetCommitter;
import io.flafka.failure.FailureReason;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
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
 * Tells Kafka how far the channels have each partition: without waiting while events flow, waiting where Kafka lags, and before a partition goes or the
 * source ends.
 *
 * <p>For the thread that owns the consumer. Guarantee: a commit never goes beyond what was handed over, never names a partition that was dropped, and
 * never takes a later one back, since Kafka's client sends commits in their order and does not repeat one by itself. What fails stays owed.
 */
final class SourceOffsets {

    private static final Logger LOG = LoggerFactory.getLogger(SourceOffsets.class);
    private static final Duration COMMIT_TIMEOUT = Duration.ofSeconds(5);

    /** While Kafka takes no offsets the flow is slowed down, not stopped. */
    private static final Duration TIMEOUT_WHILE_FAILING = Duration.ofSeconds(1);

    private final String source;
    private final SourceMetrics metrics;
    private final UncommittedOffsets ledger = new UncommittedOffsets();
    private final OffsetCommitter committer;
    private final UncommittedProgress lost;
    private boolean failing;

    SourceOffsets(String source, Consumer<?, ?> consumer, OffsetCommitter committer, SourceMetrics metrics) {
        this.source = source;
        this.metrics = metrics;
        this.committer = committer;
        this.lost = new UncommittedProgress(consumer, committer);
    }

    /** The channels have these records, which are in the order of their partitions. */
    void handedOver(List<ConsumerRecord<byte[], byte[]>> records) {
        int last = records.size() - 1;
        for (int i = 0; i <= last; i++) {
            ConsumerRecord<byte[], byte[]> record = records.get(i);
            if (i == last || !isSamePartition(record, records.get(i + 1))) {
                ledger.handedOver(
                        new TopicPartition(record.topic(), record.partition()), record.offset(), record.leaderEpoch());
            }
        }
    }

    private static boolean isSamePartition(ConsumerRecord<?, ?> one, ConsumerRecord<?, ?> other) {
        return one.partition() == other.partition() && one.topic().equals(other.topic());
    }

    /**
     * Sends what is owed and has not been sent; a later poll brings the answer. Where Kafka lags, or has not taken the last ones, it is waited for here:
     * no batch is handed over before the commit of the one before it is on its way.
     */
    void tell() {
        Map<TopicPartition, OffsetAndMetadata> owed = ledger.uncommitted();
        if (failing || committer.hasTooManyUnanswered()) {
            commit(owed, failing ? TIMEOUT_WHILE_FAILING : COMMIT_TIMEOUT);
        } else {
            long start = System.nanoTime();
            committer.commitAsync(owed, (offsets, failure) -> answered(owed, start, failure));
        }
    }

    private void answered(Map<TopicPartition, OffsetAndMetadata> offsets, long start, @Nullable Exception failure) {
        if (failure != null) {
            failed(offsets, failure);
            return;
        }
        ledger.committed(offsets);
        lost.committed(committer.withMetadata(offsets));
        metrics.addToKafkaCommitTimer(
                Duration.ofNanos(System.nanoTime() - start).toMillis());
        if (failing) {
            failing = false;
            LOG.info("KafkaSource {}: Kafka accepts offsets again", source);
        }
    }

    private void failed(Map<TopicPartition, OffsetAndMetadata> offsets, Exception failure) {
        metrics.incrementOffsetCommitFailCount();
        if (!failing) {
            failing = true;
            LOG.warn(
                    "KafkaSource {}: Kafka did not accept the offsets {} ({}); the next commit tries again, a restart before that reads"
                            + " these events once more",
                    source,
                    readable(offsets),
                    FailureReason.of(failure));
        }
    }

    private static String readable(Map<TopicPartition, OffsetAndMetadata> offsets) {
        return offsets.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue().offset())
                .sorted()
                .collect(Collectors.joining(", "));
    }

    /** They are about to go: what is owed of them is committed, as far as Kafka takes it, and forgotten. */
    void leave(Collection<TopicPartition> partitions) {
        commit(ledger.uncommitted(partitions), COMMIT_TIMEOUT);
        lose(partitions);
    }

    /** They are somebody else's already: a commit now could take that member back. What is owed counts again if they come back as they went. */
    void lose(Collection<TopicPartition> partitions) {
        lost.gone(partitions, ledger.uncommitted(partitions));
        forget(partitions);
    }

    /** Whatever was handed over of them counts no more, now or later. */
    void drop(Collection<TopicPartition> partitions) {
        lost.forget(partitions);
        forget(partitions);
    }

    private void forget(Collection<TopicPartition> partitions) {
        ledger.drop(partitions);
        committer.forgetLastSent();
    }

    /**
     * They are ours from now on. Where they went before Kafka had their offsets, and nobody has moved the group since, it gets them now: before the next
     * batch, which may take too long again.
     *
     * @return where these go on
     */
    Map<TopicPartition, OffsetAndMetadata> assigned(Collection<TopicPartition> partitions) {
        Map<TopicPartition, OffsetAndMetadata> goOn = lost.assigned(partitions);
        goOn.forEach((partition, next) -> ledger.handedOver(partition, next.offset() - 1, next.leaderEpoch()));
        commit(goOn, COMMIT_TIMEOUT);
        return goOn;
    }

    /** The last commit. If it fails, the handover at the consumer's end does not wait for Kafka once more. */
    void end() {
        Map<TopicPartition, OffsetAndMetadata> owed = ledger.uncommitted();
        commit(owed, COMMIT_TIMEOUT);
        drop(owed.keySet());
    }

    private void commit(Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
        if (offsets.isEmpty()) {
            return;
        }
        long start = System.nanoTime();
        try {
            committer.commitSync(offsets, timeout);
            answered(offsets, start, null);
        } catch (KafkaException refused) {
            answered(offsets, start, refused);
        }
    }
}
