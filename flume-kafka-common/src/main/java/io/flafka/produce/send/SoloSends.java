// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce.send;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Decides which records must be sent alone so that they cannot hold up others: the first to a topic or partition, and those that may be too large.
 * Thread-safe.
 */
public final class SoloSends {

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

    private final UnconfirmedDestinations destinations = new UnconfirmedDestinations();
    private final OversizeSuspects suspects = new OversizeSuspects();
    private final ReentrantLock lock = new ReentrantLock();

    boolean isNeededFor(ProducerRecord<String, byte[]> record) {
        return destinations.contains(record) || suspects.contains(record);
    }

    /**
     * Waits until no other thread sends a record alone, for a short time only: the other thread may wait for a broker that is down. An interrupt ends
     * the wait too; the thread keeps its interrupt flag.
     *
     * @return whether no other thread sends alone now, and the caller must call {@link #end}
     */
    boolean tryBegin() {
        try {
            return lock.tryLock(LONGEST_WAIT.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Lets the next thread send alone. */
    void end() {
        lock.unlock();
    }

    /** Notes that a record was acknowledged that was sent alone. */
    void onAcknowledged(ProducerRecord<String, byte[]> record) {
        destinations.onAcknowledged(record);
        suspects.onAcknowledged(record);
    }

    /** Notes that none of these records was answered in time. */
    void onUnanswered(List<ProducerRecord<String, byte[]>> records) {
        suspects.onUnanswered(records);
    }
}
