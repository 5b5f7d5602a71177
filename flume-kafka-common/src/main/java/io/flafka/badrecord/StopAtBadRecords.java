// SPDX-License-Identifier: Apache-2.0
package io.flafka.badrecord;

/** {@code errors.tolerance=none}: nothing is passed over. */
final class StopAtBadRecords implements BadRecordPolicy {

    @Override
    public void dispose(BadRecord record) throws FlowStoppedException {
        throw new FlowStoppedException(
                record,
                "mend the cause, or go past it with " + ErrorProperties.TOLERANCE_ALL + "=all and "
                        + ErrorProperties.DEAD_LETTER_TOPIC);
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
