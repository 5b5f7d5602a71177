// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture.check;

/**
 * How many events there were of each kind.
 *
 * @param sent events that were handed to the pipeline
 * @param acknowledged those that were acknowledged
 * @param delivered those that are in the output
 * @param unanswered those without an acknowledgement that are in the output nevertheless
 * @param deadLettered those that are in the dead letters
 * @param excusedLosses those that are lost with an excuse
 * @param records records of the output
 */
public record Counts(
        long sent,
        long acknowledged,
        long delivered,
        long unanswered,
        long deadLettered,
        long excusedLosses,
        long records) {

    static Counts of(EventBook book, long excusedLosses, long records) {
        long[] counts = new long[5];
        book.forEach((id, state) -> {
            counts[0]++;
            counts[1] += state.acked() > 0 ? 1 : 0;
            counts[2] += state.delivered() > 0 ? 1 : 0;
            counts[3] += state.delivered() > 0 && state.acked() == 0 ? 1 : 0;
            counts[4] += state.deadLetters() > 0 ? 1 : 0;
        });
        return new Counts(counts[0], counts[1], counts[2], counts[3], counts[4], excusedLosses, records);
    }
}
