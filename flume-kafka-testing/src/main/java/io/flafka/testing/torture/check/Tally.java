// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture.check;

import java.util.function.Consumer;

/**
 * The first reading of a history: the state of each event, the faults, and the pauses. For one thread.
 */
final class Tally implements Consumer<HistoryFile.Line> {
    private final EventBook book = new EventBook();
    private final FaultLog faults = new FaultLog();
    private final Pauses pauses;
    private long origin = Long.MIN_VALUE;
    private long last = Long.MIN_VALUE;

    Tally(long shortestPause) {
        this.pauses = new Pauses(shortestPause);
    }

    @Override
    public void accept(HistoryFile.Line line) {
        Entry entry = line.entry();
        if (origin == Long.MIN_VALUE) {
            origin = entry.time();
        }
        if (entry instanceof Entry.Output output) {
            book.find(output.id()).ifPresent(state -> state.deliver(sinceOrigin(output.time())));
        } else if (entry instanceof Entry.DeadLetter letter) {
            book.find(letter.id()).ifPresent(EventState::deadLetter);
        } else {
            last = Math.max(last, entry.time());
            duringRun(entry);
        }
    }

    private void duringRun(Entry entry) {
        if (entry instanceof Entry.Sent sent) {
            book.sent(sent.id(), sent.body(), sinceOrigin(sent.time())).handOver();
            pauses.sent(sent.time());
        } else if (entry instanceof Entry.Acked acked) {
            book.find(acked.id())
                    .orElseThrow(() -> new IllegalArgumentException(
                            acked.id() + " was acknowledged at t=" + acked.time() + ", but not sent before"))
                    .acknowledge();
            pauses.acked(acked.time());
        } else if (entry instanceof Entry.FaultBegin begin) {
            faults.begin(begin);
        } else if (entry instanceof Entry.FaultEnd end) {
            faults.end(end);
        } else if (entry instanceof Entry.Progress progress) {
            pauses.progress(progress);
        }
    }

    /** Returns a time as milliseconds since the history's begin. */
    int sinceOrigin(long time) {
        return (int) Math.max(Integer.MIN_VALUE + 1L, Math.min(Integer.MAX_VALUE - 1L, time - origin));
    }

    /** Returns the time of {@link #sinceOrigin}. */
    long time(int sinceOrigin) {
        return origin + sinceOrigin;
    }

    /** Returns the last moment of the run itself. What was read from the output is not part of it. */
    long last() {
        return last;
    }

    EventBook book() {
        return book;
    }

    FaultLog faults() {
        return faults;
    }

    Pauses pauses() {
        return pauses;
    }
}
