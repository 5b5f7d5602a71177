// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture.check;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Collects what was found. Of each kind it counts all, and keeps the first ones. For one thread. */
final class Findings {
    private static final int KEPT = 20;

    private final Map<BrokenPromise.Kind, List<Finding>> kept = new EnumMap<>(BrokenPromise.Kind.class);
    private final Map<BrokenPromise.Kind, Long> counts = new EnumMap<>(BrokenPromise.Kind.class);
    private final List<BrokenPromise> others = new ArrayList<>();

    /** Adds what happened to an event, to the finding before it if it continues that one. */
    void add(BrokenPromise.Kind kind, String what, EventId id, long time, String place) {
        counts.merge(kind, 1L, Long::sum);
        List<Finding> same = kept.computeIfAbsent(kind, first -> new ArrayList<>());
        boolean continued = !same.isEmpty() && same.get(same.size() - 1).add(what, id, time, place);
        if (!continued && same.size() < KEPT) {
            same.add(new Finding(kind, what, id, time, place));
        }
    }

    /** Adds what happened to the pipeline as a whole. */
    void add(BrokenPromise promise) {
        counts.merge(promise.kind(), 1L, Long::sum);
        others.add(promise);
    }

    long count(BrokenPromise.Kind kind) {
        return counts.getOrDefault(kind, 0L);
    }

    Map<BrokenPromise.Kind, Long> counts() {
        return counts;
    }

    List<BrokenPromise> brokenPromises(List<Fault> faults) {
        List<BrokenPromise> all = new ArrayList<>();
        kept.values().forEach(findings -> findings.forEach(finding -> all.add(finding.toBrokenPromise(faults))));
        all.addAll(others);
        return all;
    }
}
