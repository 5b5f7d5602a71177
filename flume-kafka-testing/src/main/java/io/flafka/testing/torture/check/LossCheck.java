// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture.check;

import java.util.function.BiConsumer;

/** Looks at each event's final state: lost, not dead-lettered, delivered more often than allowed. For one thread. */
final class LossCheck implements BiConsumer<EventId, EventState> {
    private final Tally tally;
    private final Promise promise;
    private final ExcuseWindows losses;
    private final ExcuseWindows duplicates;
    private final Findings findings;
    private long excused;

    LossCheck(Tally tally, Promise promise, ExcuseWindows losses, ExcuseWindows duplicates, Findings findings) {
        this.tally = tally;
        this.promise = promise;
        this.losses = losses;
        this.duplicates = duplicates;
        this.findings = findings;
    }

    @Override
    public void accept(EventId id, EventState state) {
        switch (promise.fate(state.body())) {
            case DELIVERED -> ifMissing(id, state, BrokenPromise.Kind.LOST, undelivered(state));
            case DEAD_LETTER -> ifMissing(id, state, BrokenPromise.Kind.NOT_DEAD_LETTERED, noDeadLetter(state));
            case DROPPED -> {
                // What is delivered nevertheless is found in the output.
            }
        }
        if (promise.delivery() == Delivery.EXACTLY_ONCE) {
            once(id, state);
        } else if (promise.order() == KeyOrder.NONE || !state.hasPlace()) {
            repeats(id, state);
        }
    }

    private void ifMissing(EventId id, EventState state, BrokenPromise.Kind kind, String what) {
        if (!state.isMissing()) {
            return;
        }
        long sentAt = tally.time(state.sentAt());
        if (losses.hold(sentAt)) {
            excused++;
        } else {
            findings.add(kind, what, id, sentAt, "");
        }
    }

    private static String undelivered(EventState state) {
        return state.delivered() == 0
                ? "acknowledged, but not delivered, sent at"
                : "acknowledged %d times, but delivered %d times, sent at".formatted(state.acked(), state.delivered());
    }

    private static String noDeadLetter(EventState state) {
        return "a bad event (%s) acknowledged, but not in the dead letters, sent at".formatted(state.body());
    }

    private void once(EventId id, EventState state) {
        // More deliveries alone, or more dead letters alone, are found where they are read.
        if (state.delivered() <= state.sent()
                && state.deadLetters() <= state.sent()
                && state.delivered() + state.deadLetters() > state.sent()) {
            String what = "in the output and in the dead letters, sent at";
            findings.add(BrokenPromise.Kind.DUPLICATED, what, id, tally.time(state.sentAt()), "");
        }
    }

    private void repeats(EventId id, EventState state) {
        if (state.duplicates() == 0) {
            return;
        }
        long from = tally.time(state.firstAt());
        long to = tally.time(state.lastAt());
        long allowed = duplicates.repeatsWithin(from, to) * state.sent();
        // Without any excuse each duplicate is found where it is read.
        if (allowed > 0 && state.duplicates() > allowed) {
            String what = "delivered %d times; the faults in that time allow %d duplicates, first at"
                    .formatted(state.delivered(), allowed);
            findings.add(BrokenPromise.Kind.REPEATED, what, id, from, "");
        }
    }

    /** Returns how many losses a fault excuses. */
    long excused() {
        return excused;
    }
}
