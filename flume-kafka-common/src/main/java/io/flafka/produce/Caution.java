// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce;

import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Which records of a component are sent alone, one at a time: sent with others they could hold them up. Thread-safe. */
final class Caution {

    private final NewDestinations destinations = new NewDestinations();
    private final SuspectSizes suspects = new SuspectSizes();
    private final ReentrantLock turn = new ReentrantLock();

    boolean isNeededFor(ProducerRecord<String, byte[]> record) {
        return destinations.contains(record) || suspects.contains(record);
    }

    /** Waits until no other thread sends such a record; an interrupt ends the wait, and is kept. */
    void begin() {
        try {
            turn.lockInterruptibly();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    void end() {
        if (turn.isHeldByCurrentThread()) {
            turn.unlock();
        }
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
