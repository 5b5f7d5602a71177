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
 * Checks that the events of each partition arrive in the order in which they were sent. Duplicates may arrive at any
 * later time, as after a restart: only each event's first arrival counts. All events must differ ({@link
 * NumberedEvents}). {@link AtLeastOnce} checks that all arrive. For any thread.
 */
public final class OrderedPerPartition {
    private final Map<Integer, List<String>> sent = new TreeMap<>();
    private final Map<Integer, List<String>> arrived = new TreeMap<>();

    /** Adds events in the order in which they were sent to a partition. */
    public synchronized void addSent(int partition, Collection<String> events) {
        sent.computeIfAbsent(partition, key -> new ArrayList<>()).addAll(events);
    }

    /** Adds events of a partition in the order in which they arrived. */
    public synchronized void addArrived(int partition, Collection<String> events) {
        arrived.computeIfAbsent(partition, key -> new ArrayList<>()).addAll(events);
    }

    /**
     * Checks the guarantee.
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
                        "Partition " + partition + " delivered '" + event + "', which was never sent to it");
            }
            if (position < highest) {
                throw new AssertionError("Partition " + partition + " delivered '" + event
                        + "' for the first time after '" + before + "', which was sent later");
            }
            highest = position;
            before = event;
        }
    }
}
