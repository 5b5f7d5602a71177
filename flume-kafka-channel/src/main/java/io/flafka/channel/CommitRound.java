// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One commit of a reader, and where take transactions wait for it. Thread-safe. */
final class CommitRound {

    private static final Duration GRACE_AFTER_INTERRUPT = Duration.ofSeconds(5);

    private final CountDownLatch answered = new CountDownLatch(1);
    private volatile @Nullable String failure;

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
