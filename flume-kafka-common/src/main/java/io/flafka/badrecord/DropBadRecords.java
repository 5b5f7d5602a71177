// SPDX-License-Identifier: Apache-2.0
package io.flafka.badrecord;

/** {@code errors.tolerance=all} without a dead letter topic: counted, and gone. */
final class DropBadRecords implements BadRecordPolicy {

    private final Counter counter;
    private final BadRecordLog log;

    DropBadRecords(Counter counter, BadRecordLog log) {
        this.counter = counter;
        this.log = log;
    }

    @Override
    public void dispose(BadRecord record) {
        counter.passedOver();
        log.passedOver(record, "dropped");
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
