// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture.check;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds the spans in which the output did not grow, and those in which nothing was acknowledged. A pause of the output is
 * up to a second shorter than it was, because it is measured between two lines of progress. For one thread.
 */
final class Pauses {
    private static final long NONE = Long.MIN_VALUE;

    private final long shortest;
    private final List<Span> output = new ArrayList<>();
    private final List<Span> intake = new ArrayList<>();
    private long count = -1;
    private long grownAt = NONE;
    private long unchangedAt = NONE;
    private long unansweredSince = NONE;

    /** Forgets pauses that are shorter. */
    Pauses(long shortest) {
        this.shortest = shortest;
    }

    void progress(Entry.Progress progress) {
        if (progress.count() != count) {
            add(output, grownAt, unchangedAt);
            count = progress.count();
            grownAt = progress.time();
        }
        unchangedAt = progress.time();
    }

    void sent(long time) {
        if (unansweredSince == NONE) {
            unansweredSince = time;
        }
    }

    void acked(long time) {
        if (unansweredSince != NONE) {
            add(intake, unansweredSince, time);
            unansweredSince = NONE;
        }
    }

    boolean measured() {
        return grownAt != NONE;
    }

    /** Returns the spans in which the output did not grow. */
    List<Span> ofOutput() {
        return withLast(output, grownAt, unchangedAt);
    }

    /** Returns the spans in which events were sent, but none was acknowledged, up to the end of the run. */
    List<Span> ofIntake(long end) {
        return withLast(intake, unansweredSince, end);
    }

    private List<Span> withLast(List<Span> spans, long from, long to) {
        List<Span> all = new ArrayList<>(spans);
        add(all, from, to);
        return all;
    }

    private void add(List<Span> spans, long from, long to) {
        if (from != NONE && to - from >= shortest) {
            spans.add(new Span(from, to));
        }
    }
}
