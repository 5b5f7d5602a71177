// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.take;

import io.flafka.lifecycle.DeferredInterrupt;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** One offset commit of a reader, for which take transactions wait. Thread-safe. */
public final class PendingCommit {

    /** The result of the commit. */
    public enum Answer {
        /** Kafka has the offsets. */
        CONFIRMED,
        /** Kafka has not accepted the offsets, which the reader has logged. It retries, or has lost the partitions. */
        REFUSED,
        /** Not known in time. */
        NONE
    }

    private final CountDownLatch answered = new CountDownLatch(1);
    private volatile Answer answer = Answer.NONE;

    /** Answers that Kafka has the offsets. */
    public void confirm() {
        answer = Answer.CONFIRMED;
        answered.countDown();
    }

    /** Answers that Kafka has not accepted the offsets. */
    public void refuse() {
        answer = Answer.REFUSED;
        answered.countDown();
    }

    /** Waits for the answer. An interrupt shortens the wait to a grace period; the thread keeps it. */
    public Answer await(Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        try (DeferredInterrupt interrupt = new DeferredInterrupt()) {
            while (true) {
                try {
                    return answered.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS) ? answer : Answer.NONE;
                } catch (InterruptedException stopping) {
                    interrupt.onInterrupt();
                    deadline = Math.min(deadline, System.nanoTime() + DeferredInterrupt.GRACE.toNanos());
                }
            }
        }
    }
}
