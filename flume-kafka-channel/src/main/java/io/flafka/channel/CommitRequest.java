// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** What a take transaction asks the reader to commit, and where it waits for the answer. Thread-safe. */
final class CommitRequest {

    private static final Duration GRACE_AFTER_INTERRUPT = Duration.ofSeconds(5);

    private final Map<TopicPartition, OffsetAndMetadata> offsets;
    private final int revoked;
    private final CountDownLatch answered = new CountDownLatch(1);
    private volatile @Nullable String failure;

    CommitRequest(Map<TopicPartition, OffsetAndMetadata> offsets, int revoked) {
        this.offsets = Map.copyOf(offsets);
        this.revoked = revoked;
    }

    Map<TopicPartition, OffsetAndMetadata> offsets() {
        return offsets;
    }

    /** How many records of the transaction are not covered, their partition being another member's. */
    int revoked() {
        return revoked;
    }

    /** Kafka has the offsets. */
    void succeeded() {
        answered.countDown();
    }

    /** Kafka does not have them, for this reason. */
    void failed(String reason) {
        failure = reason;
        answered.countDown();
    }

    /** Waits for the answer: the reason of the failure, or none. An interrupted thread waits too, but not as long; it keeps its interrupt. */
    Optional<String> awaitFailure(Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    if (answered.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                        return Optional.ofNullable(failure);
                    }
                    return Optional.of("no answer from Kafka in " + timeout.toSeconds() + " s");
                } catch (InterruptedException stopping) {
                    interrupted = true;
                    deadline = Math.min(deadline, System.nanoTime() + GRACE_AFTER_INTERRUPT.toNanos());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
