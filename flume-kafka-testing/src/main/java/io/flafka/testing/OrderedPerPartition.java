// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The promise that a partition's events arrive in the order they were sent. A repetition may come at any later time, as
 * after a restart: what counts is each event's first arrival. Events must be different from each other
 * ({@link NumberedEvents}); whether all have arrived is {@link AtLeastOnce}'s to say. For any thread.
 */
public final class OrderedPerPartition {
    private final Map<Integer, List<String>> sent = new TreeMap<>();
    private final Map<Integer, List<String>> arrived = new TreeMap<>();

    /** Notes events in the order they were sent to a partition. */
    public synchronized void addSent(int partition, Collection<String> events) {
        sent.computeIfAbsent(partition, key -> new ArrayList<>()).addAll(events);
    }

    /** Notes events of a partition in the order they arrived. */
    public synchronized void addArrived(int partition, Collection<String> events) {
        arrived.computeIfAbsent(partition, key -> new ArrayList<>()).addAll(events);
    }

    /**
     * Checks the promise.
     *
     * @throws AssertionError naming the first event out of order
     */
    public synchronized void assertHolds() {
        arrived.forEach((partition, events) -> check(partition, positions(partition), events));
    }

    private Map<String, Integer> positions(int partition) {
        Map<String, Integer> positions = new HashMap<>();
        for (String event : sent.getOrDefault(partition, List.of())) {
            positions.putIfAbsent(event, positions.size());
        }
        return positions;
    }

    private static void check(int partition, Map<String, Integer> positions, List<String> events) {
        Set<String> seen = new HashSet<>();
        int highest = -1;
        String before = "";
        for (String event : events) {
            if (!seen.add(event)) {
                continue;
            }
            Integer position = positions.get(event);
            if (position == null) {
                throw new AssertionError(
                        "Partition " + partition + " gave '" + event + "', which was never sent to it");
            }
            if (position < highest) {
                throw new AssertionError("Partition " + partition + " gave '" + event + "' for the first time after '"
                        + before + "', which was sent later");
            }
            highest = position;
            before = event;
        }
    }
}
