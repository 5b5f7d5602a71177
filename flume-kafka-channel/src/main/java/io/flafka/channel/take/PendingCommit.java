// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.take;

import io.flafka.lifecycle.DeferredInterrupt;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** One commit of a reader, and where take transactions wait for it. Thread-safe. */
public final class PendingCommit {

    /** What became of it. */
    public enum Answer {
        /** Kafka has the offsets. */
        CONFIRMED,
        /** Kafka did not take them, which the reader has logged; it owes them, or has given their partitions up. */
        REFUSED,
        /** Not known in time. */
        NONE
    }

    private final CountDownLatch answered = new CountDownLatch(1);
    private volatile Answer answer = Answer.NONE;

    /** Kafka has the offsets. */
    public void confirm() {
        answer = Answer.CONFIRMED;
        answered.countDown();
    }

    /** Kafka does not have them. */
    public void refuse() {
        answer = Answer.REFUSED;
        answered.countDown();
    }

    /** Waits for the answer. An interrupted thread waits too, but not as long; it keeps its interrupt. */
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
