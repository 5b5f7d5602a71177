// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture.check;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** The lines of a history that show one broken promise. For one thread. */
final class Replay implements Consumer<HistoryFile.Line> {
    private static final int MOST_LINES = 200;
    private static final int NEIGHBOURS = 3;
    private static final long AROUND_MILLIS = 5_000;

    private final BrokenPromise promise;
    private final Set<EventId> ids;
    private final Set<Fault> faults;
    private final List<String> lines = new ArrayList<>();
    private final Map<Place, Deque<HistoryFile.Line>> before = new HashMap<>();
    private final Map<Place, Integer> wanted = new HashMap<>();
    private long left;

    private Replay(BrokenPromise promise) {
        this.promise = promise;
        this.ids = new HashSet<>(promise.ids());
        this.faults = new HashSet<>(promise.faults());
    }

    /** Prints the lines of each broken promise, after one reading of the history. */
    static void print(Path history, List<BrokenPromise> broken, Appendable out) {
        List<Replay> replays = broken.stream().map(Replay::new).toList();
        new HistoryFile(history).read(line -> replays.forEach(replay -> replay.accept(line)));
        try {
            for (Replay replay : replays) {
                replay.print(out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void print(Appendable out) throws IOException {
        out.append(promise.toString()).append(System.lineSeparator());
        for (String line : lines) {
            out.append("  ").append(line).append(System.lineSeparator());
        }
        if (left > 0) {
            out.append("  and " + left + " lines more").append(System.lineSeparator());
        }
    }

    @Override
    public void accept(HistoryFile.Line line) {
        Entry entry = line.entry();
        if (entry instanceof Entry.Output output) {
            output(line, output);
        } else if (entry instanceof Entry.DeadLetter letter) {
            keepIf(ids.contains(letter.id()), line);
        } else if (entry instanceof Entry.Sent sent) {
            keepIf(ids.contains(sent.id()), line);
        } else if (entry instanceof Entry.Acked acked) {
            keepIf(ids.contains(acked.id()), line);
        } else if (entry instanceof Entry.Progress) {
            keepIf(promise.kind() == BrokenPromise.Kind.STALLED && isNear(entry.time()), line);
        } else {
            keepIf(isNear(entry.time()) || isOfFault(entry), line);
        }
    }

    // A record of the output is shown with those before and after it in its partition.
    private void output(HistoryFile.Line line, Entry.Output output) {
        Deque<HistoryFile.Line> earlier = before.computeIfAbsent(output.place(), place -> new ArrayDeque<>());
        if (ids.contains(output.id())) {
            earlier.forEach(this::keep);
            earlier.clear();
            keep(line);
            wanted.put(output.place(), NEIGHBOURS);
        } else if (wanted.getOrDefault(output.place(), 0) > 0) {
            keep(line);
            wanted.merge(output.place(), -1, Integer::sum);
        } else {
            earlier.add(line);
            if (earlier.size() > NEIGHBOURS) {
                earlier.remove();
            }
        }
    }

    private boolean isNear(long time) {
        return time >= promise.from() - AROUND_MILLIS && time <= promise.to() + AROUND_MILLIS;
    }

    private boolean isOfFault(Entry entry) {
        if (entry instanceof Entry.FaultEnd end) {
            return faults.stream()
                    .anyMatch(fault -> fault.to() == end.time() && fault.kind().equals(end.kind()));
        }
        return entry instanceof Entry.FaultBegin begin
                && faults.stream()
                        .anyMatch(fault ->
                                fault.from() == begin.time() && fault.kind().equals(begin.kind()));
    }

    private void keepIf(boolean shown, HistoryFile.Line line) {
        if (shown) {
            keep(line);
        }
    }

    private void keep(HistoryFile.Line line) {
        if (lines.size() < MOST_LINES) {
            lines.add(line.number() + ": " + line.text());
        } else {
            left++;
        }
    }
}
