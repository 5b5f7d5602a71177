// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture.check;

import java.time.Duration;

/**
 * A kind of fault that allows something which the promise forbids without it: a duplicate, the dead letter of a good
 * event, or a loss. It holds from the fault's begin until some time after its end.
 *
 * @param fault the fault's kind, as in the history
 * @param afterwards how long after the fault's end it still holds
 * @param mostRecords how many records one fault allows
 * @param mostRepeats how often one fault can send the pipeline back: the number of steps back of one key in one
 *     partition, or the number of duplicates of one event that has no place in the order ({@link KeyOrder})
 */
public record Excuse(String fault, Duration afterwards, long mostRecords, int mostRepeats) {

    /** Returns an excuse without bounds. */
    public static Excuse of(String fault, Duration afterwards) {
        return new Excuse(fault, afterwards, Long.MAX_VALUE, Integer.MAX_VALUE);
    }

    /** Bounds the number of records per fault. */
    public Excuse atMost(long records) {
        return new Excuse(fault, afterwards, records, mostRepeats);
    }

    /** Bounds how often one fault can send the pipeline back. */
    public Excuse repeatingAtMost(int repeats) {
        return new Excuse(fault, afterwards, mostRecords, repeats);
    }
}
