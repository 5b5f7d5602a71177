// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture.check;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A span without progress. A pause of the output is a stall from the moment on from which an event waits that is still
 * not delivered at its end. For one thread.
 */
final class Stall {
    private final String what;
    private final Span pause;
    private long since;
    private @Nullable EventId waiting;

    private Stall(String what, Span pause, long since) {
        this.what = what;
        this.pause = pause;
        this.since = since;
    }

    static Stall ofOutput(Span pause) {
        return new Stall("The output did not grow", pause, pause.to());
    }

    static Stall ofIntake(Span pause) {
        return new Stall("Events were sent, but none was acknowledged,", pause, pause.from());
    }

    /** Looks whether an event waits longer than those before. */
    void look(EventId id, EventState state, Tally tally) {
        if (state.firstAt() >= tally.sinceOrigin(pause.to()) && state.acked() > state.deadLetters()) {
            long from = Math.max(pause.from(), tally.time(state.sentAt()));
            if (from < since) {
                since = from;
                waiting = id;
            }
        }
    }

    boolean isWaited() {
        return since < pause.to();
    }

    Span span() {
        return new Span(since, pause.to());
    }

    List<EventId> ids() {
        return waiting == null ? List.of() : List.of(waiting);
    }

    String text() {
        String waits = waiting == null ? "" : ", while " + waiting + " waited";
        return "%s for %.1f s%s: t=%d to %d".formatted(what, span().length() / 1000.0, waits, since, pause.to());
    }
}
