// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Checks that every acknowledged event arrives at least once, and that no unsent event arrives. All events must differ
 * ({@link NumberedEvents}). For any thread.
 */
public final class AtLeastOnce {
    private static final int SHOWN = 10;

    private final Set<String> sent = new LinkedHashSet<>();
    private final Set<String> acknowledged = new LinkedHashSet<>();
    private final Map<String, Integer> arrived = new HashMap<>();

    /** Adds events that were given to the flow. They may be lost until they are acknowledged. */
    public synchronized void addSent(Collection<String> events) {
        sent.addAll(events);
    }

    /** Adds events that the flow has acknowledged. It must not lose them. */
    public synchronized void addAcknowledged(Collection<String> events) {
        sent.addAll(events);
        acknowledged.addAll(events);
    }

    /** Adds events that arrived at the end of the flow. */
    public synchronized void addArrived(Collection<String> events) {
        events.forEach(event -> arrived.merge(event, 1, Integer::sum));
    }

    /** Returns the acknowledged events that have not arrived. */
    public synchronized List<String> missing() {
        return acknowledged.stream()
                .filter(event -> !arrived.containsKey(event))
                .toList();
    }

    /** Returns how many arrivals were duplicates. */
    public synchronized int duplicates() {
        return arrived.values().stream().mapToInt(times -> times - 1).sum();
    }

    /**
     * Checks the guarantee.
     *
     * @throws AssertionError listing the missing events and those never sent
     */
    public synchronized void assertHolds() {
        List<String> faults = new ArrayList<>();
        List<String> missing = missing();
        if (!missing.isEmpty()) {
            faults.add(missing.size() + " of " + acknowledged.size() + " acknowledged events never arrived: "
                    + some(missing));
        }
        List<String> invented = invented();
        if (!invented.isEmpty()) {
            faults.add(invented.size() + " events arrived that were never sent: " + some(invented));
        }
        if (!faults.isEmpty()) {
            throw new AssertionError("Not at least once: " + String.join("; ", faults));
        }
    }

    private List<String> invented() {
        return arrived.keySet().stream()
                .filter(event -> !sent.contains(event))
                .sorted()
                .toList();
    }

    private static String some(List<String> events) {
        String shown = String.join(", ", events.subList(0, Math.min(SHOWN, events.size())));
        return events.size() > SHOWN ? shown + ", ..." : shown;
    }
}
