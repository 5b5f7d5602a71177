// SPDX-License-Identifier: Apache-2.0
package io.flafka.consume.offsets;

import io.flafka.lifecycle.DeferredInterrupt;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;

/**
 * Commits offsets: sends them, or waits until Kafka has them.
 *
 * <p>For the thread that owns the consumer. Guarantee: commits reach Kafka in their order, as its client sends them so and repeats none by itself that
 * is not waited for. A wake-up or an interrupt that was meant for {@code poll} does not lose a commit that is waited for: it is tried again, and the
 * interrupt is given back.
 */
public final class OffsetCommitter {

    /** So many commits Kafka's answers may lag behind. */
    private static final int MOST_UNANSWERED = 5;

    private final Consumer<?, ?> consumer;
    private final BiFunction<TopicPartition, OffsetAndMetadata, OffsetAndMetadata> noted;
    private Map<TopicPartition, OffsetAndMetadata> lastSent = Map.of();
    private int unanswered;

    /** For one consumer; offsets are committed as they are. */
    public OffsetCommitter(Consumer<?, ?> consumer) {
        this(consumer, (partition, offset) -> offset);
    }

    /** For one consumer; offsets are committed with what its positions know of their topics. */
    public OffsetCommitter(Consumer<?, ?> consumer, ReadPositions positions) {
        this(consumer, positions::noted);
    }

    private OffsetCommitter(
            Consumer<?, ?> consumer, BiFunction<TopicPartition, OffsetAndMetadata, OffsetAndMetadata> noted) {
        this.consumer = consumer;
        this.noted = noted;
    }

    /**
     * Sends the offsets without waiting, unless just these are on their way.
     *
     * @param answer called by a later poll or commit, on its thread
     * @throws KafkaException if they cannot even be sent
     */
    public void send(Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback answer) {
        if (offsets.isEmpty() || offsets.equals(lastSent)) {
            return;
        }
        lastSent = offsets;
        unanswered++;
        consumer.commitAsync(asCommitted(offsets), (sent, failure) -> {
            unanswered--;
            if (failure != null || unanswered == 0) {
                forget();
            }
            answer.onComplete(offsets, failure);
        });
    }

    /** Whether Kafka's answers lag so far behind that the next commit should be waited for. */
    public boolean isBehind() {
        return unanswered >= MOST_UNANSWERED;
    }

    /** What was sent last may be sent again. */
    public void forget() {
        lastSent = Map.of();
    }

    /**
     * Returns when Kafka has the offsets.
     *
     * @param timeout the bound
     * @throws KafkaException if it has not: the caller still owes them
     */
    public void commit(Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
        if (offsets.isEmpty()) {
            return;
        }
        try (DeferredInterrupt interrupt = new DeferredInterrupt()) {
            interrupt.clearFlag();
            while (!tryCommit(offsets, timeout)) {
                // Kafka's exception sets the flag, with which the next try would fail as well.
                interrupt.clearFlag();
            }
        }
    }

    private boolean tryCommit(Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
        try {
            consumer.commitSync(asCommitted(offsets), timeout);
            return true;
        } catch (WakeupException | InterruptException meantForPoll) {
            return false;
        }
    }

    /** These offsets as Kafka gets them, and gives them back. */
    public Map<TopicPartition, OffsetAndMetadata> asCommitted(Map<TopicPartition, OffsetAndMetadata> offsets) {
        Map<TopicPartition, OffsetAndMetadata> sent = new HashMap<>();
        offsets.forEach((partition, offset) -> sent.put(partition, noted.apply(partition, offset)));
        return sent;
    }
}
