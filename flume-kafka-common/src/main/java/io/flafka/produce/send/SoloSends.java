// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce.send;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Which records of a component are sent alone, one at a time: sent with others they could hold them up. Thread-safe. */
public final class SoloSends {

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

    private final UnconfirmedDestinations destinations = new UnconfirmedDestinations();
    private final OversizeSuspects suspects = new OversizeSuspects();
    private final ReentrantLock turn = new ReentrantLock();

    boolean isNeededFor(ProducerRecord<String, byte[]> record) {
        return destinations.contains(record) || suspects.contains(record);
    }

    /**
     * Waits until no other thread sends such a record, but not as long as one may wait for a broker that is away. An interrupt ends the wait too, and is
     * kept.
     *
     * @return whether it is this thread's turn alone
     */
    boolean begin() {
        try {
            return turn.tryLock(LONGEST_WAIT.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** After a turn. */
    void end() {
        turn.unlock();
    }

    /** This one was, alone. */
    void acknowledged(ProducerRecord<String, byte[]> record) {
        destinations.acknowledged(record);
        suspects.acknowledged(record);
    }

    /** None of these records had an answer in time. */
    void unanswered(List<ProducerRecord<String, byte[]>> records) {
        suspects.unanswered(records);
    }
}
