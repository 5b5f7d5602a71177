// SPDX-License-Identifier: Apache-2.0
package io.flafka.consume.offsets;

import io.flafka.lifecycle.DeferredInterrupt;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;

/**
 * Commits offsets, and waits for Kafka's answer or not.
 *
 * <p>For the thread that owns the consumer. Guarantee: commits reach Kafka in their order. Kafka's client sends them in order, and by itself never
 * retries a commit that nobody waits for. A wake-up or an interrupt meant for {@code poll} does not lose a commit that is waited for: the commit is
 * retried, and the thread's interrupt flag is set again afterwards.
 */
public final class OffsetCommitter {

    private static final int MAX_UNANSWERED = 5;

    private final Consumer<?, ?> consumer;
    private final UnaryOperator<Map<TopicPartition, OffsetAndMetadata>> addMetadata;
    private Map<TopicPartition, OffsetAndMetadata> lastSent = Map.of();
    private int unanswered;

    /** Creates a committer that commits offsets unchanged. */
    public OffsetCommitter(Consumer<?, ?> consumer) {
        this(consumer, UnaryOperator.identity());
    }

    /** Creates a committer that commits offsets with the metadata that {@code positions} has for them. */
    public OffsetCommitter(Consumer<?, ?> consumer, ReadPositions positions) {
        this(consumer, positions::withMetadata);
    }

    private OffsetCommitter(
            Consumer<?, ?> consumer, UnaryOperator<Map<TopicPartition, OffsetAndMetadata>> addMetadata) {
        this.consumer = consumer;
        this.addMetadata = addMetadata;
    }

    /**
     * Sends the offsets and does not wait. Does nothing if exactly these offsets were sent last and are unanswered.
     *
     * @param answer called with Kafka's answer by a later poll or commit, on the thread of that call
     * @throws KafkaException if the offsets cannot be sent
     */
    public void commitAsync(Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback answer) {
        if (offsets.isEmpty() || offsets.equals(lastSent)) {
            return;
        }
        lastSent = offsets;
        unanswered++;
        consumer.commitAsync(withMetadata(offsets), (sent, failure) -> {
            unanswered--;
            if (failure != null || unanswered == 0) {
                forgetLastSent();
            }
            answer.onComplete(offsets, failure);
        });
    }

    /** Returns whether a commit is unanswered. */
    public boolean hasUnanswered() {
        return unanswered > 0;
    }

    /** Returns whether so many commits are unanswered that the caller should wait for the next one. */
    public boolean hasTooManyUnanswered() {
        return unanswered >= MAX_UNANSWERED;
    }

    /** Allows the next {@link #commitAsync} to send the same offsets again. */
    public void forgetLastSent() {
        lastSent = Map.of();
    }

    /**
     * Commits the offsets and waits until Kafka has them.
     *
     * @param timeout the longest wait for one attempt
     * @throws KafkaException if Kafka does not have them: the caller must commit them later
     */
    public void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
        if (offsets.isEmpty()) {
            return;
        }
        try (DeferredInterrupt interrupt = new DeferredInterrupt()) {
            interrupt.clearFlag();
            while (!tryCommit(offsets, timeout)) {
                // Kafka's exception sets the interrupt flag. With it the next attempt would fail as well.
                interrupt.clearFlag();
            }
        }
    }

    private boolean tryCommit(Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
        try {
            consumer.commitSync(withMetadata(offsets), timeout);
            return true;
        } catch (WakeupException | InterruptException meantForPoll) {
            return false;
        }
    }

    /** Returns these offsets as this committer commits them, and as Kafka returns them later. */
    public Map<TopicPartition, OffsetAndMetadata> withMetadata(Map<TopicPartition, OffsetAndMetadata> offsets) {
        return addMetadata.apply(offsets);
    }
}
