// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture.check;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Pairs the begins of faults with their ends, by kind and target. For one thread. */
final class FaultLog {
    private final List<Fault> ended = new ArrayList<>();
    private final Map<List<String>, Deque<Entry.FaultBegin>> open = new HashMap<>();

    void begin(Entry.FaultBegin begin) {
        open.computeIfAbsent(List.of(begin.kind(), begin.target()), key -> new ArrayDeque<>())
                .add(begin);
    }

    void end(Entry.FaultEnd end) {
        Deque<Entry.FaultBegin> begins = open.get(List.of(end.kind(), end.target()));
        if (begins == null || begins.isEmpty()) {
            throw new IllegalArgumentException("The fault " + end.kind() + " of " + end.target() + " ends at t="
                    + end.time() + ", but it has not begun");
        }
        ended.add(fault(begins.remove(), end.time()));
    }

    /** Returns how many faults have not ended. */
    long unended() {
        return open.values().stream().mapToLong(Deque::size).sum();
    }

    /** Returns all faults by their begin. Those without an end last until the given moment. */
    List<Fault> all(long last) {
        List<Fault> all = new ArrayList<>(ended);
        open.values().forEach(begins -> begins.forEach(begin -> all.add(fault(begin, Math.max(begin.time(), last)))));
        all.sort(Comparator.comparingLong(Fault::from));
        return all;
    }

    private static Fault fault(Entry.FaultBegin begin, long to) {
        return new Fault(begin.kind(), begin.target(), begin.detail(), begin.time(), to);
    }
}
