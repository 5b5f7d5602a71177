// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

/** Counts the records that are delivered and whose offsets Kafka has not confirmed. Thread-safe. */
final class UncommittedCount {

    private long delivered;
    private long confirmed;

    synchronized void onDelivered(int records) {
        delivered += records;
    }

    /** Returns a mark for a commit that is sent now. */
    synchronized long mark() {
        return delivered;
    }

    /** Notes that Kafka has confirmed the commit with this mark. */
    synchronized void onConfirmed(long mark) {
        confirmed = Math.max(confirmed, mark);
    }

    /** Notes that no offset is left to commit. */
    synchronized void onNothingLeft() {
        confirmed = delivered;
    }

    synchronized long unconfirmed() {
        return delivered - confirmed;
    }
}
