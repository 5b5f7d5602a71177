// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture.check;

/**
 * In which order the events of one key reach a partition of the output.
 *
 * <p>A place in the order belongs to an event that was handed over once and was acknowledged. Nothing is said about
 * others: an event without an acknowledgement may be written late by a retry that its sender does not know of, and an
 * event that was handed over twice has two places. Events of different keys, or of one key in different partitions,
 * have no order.
 */
public enum KeyOrder {
    /** Any order. */
    NONE,
    /**
     * First deliveries are in the order of sending: {@code 1 3 2} is broken, and so is {@code 1 3 1 2 3}, where 2 came
     * for the first time after 3.
     *
     * <p>Duplicates come in runs. A run begins where the pipeline went back, at an event that was delivered before, and
     * goes forward from there: {@code 1 2 3 2 3 4} has one step back. A run may leave out events, because a sink does not
     * send again what it knows to be written: {@code 1 2 3 4 2 4 5} is allowed too. Each step back is a duplicate, so it
     * needs an {@link Excuse}, which can say how many steps back one fault allows. So {@code 1 2 3 3 2 4} needs two.
     */
    PARTITION
}
