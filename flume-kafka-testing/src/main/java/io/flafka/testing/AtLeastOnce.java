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
 * The promise that every event acknowledged to its sender arrives, once or more often, and that nothing arrives that
 * nobody sent. Events must be different from each other ({@link NumberedEvents}). For any thread.
 */
public final class AtLeastOnce {
    private static final int SHOWN = 10;

    private final Set<String> sent = new LinkedHashSet<>();
    private final Set<String> acknowledged = new LinkedHashSet<>();
    private final Map<String, Integer> arrived = new HashMap<>();

    /** Notes events that were given to the flow; as long as they are not acknowledged, they may be lost. */
    public synchronized void addSent(Collection<String> events) {
        sent.addAll(events);
    }

    /** Notes events that the flow has accepted: it must not lose them any more. */
    public synchronized void addAcknowledged(Collection<String> events) {
        sent.addAll(events);
        acknowledged.addAll(events);
    }

    /** Notes events at the end of the flow. */
    public synchronized void addArrived(Collection<String> events) {
        events.forEach(event -> arrived.merge(event, 1, Integer::sum));
    }

    /** Acknowledged events that have not arrived. */
    public synchronized List<String> missing() {
        return acknowledged.stream()
                .filter(event -> !arrived.containsKey(event))
                .toList();
    }

    /** How many arrivals were repetitions. */
    public synchronized int duplicates() {
        return arrived.values().stream().mapToInt(times -> times - 1).sum();
    }

    /**
     * Checks the promise.
     *
     * @throws AssertionError naming what is missing and what nobody sent
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
