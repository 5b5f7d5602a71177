// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The spans in which some of a promise's excuses hold. Immutable. */
final class ExcuseWindows {
    private final List<Window> windows;

    private ExcuseWindows(List<Window> windows) {
        this.windows = windows;
    }

    /**
     * The time in which a fault excuses something.
     *
     * @param mostRecords what it excuses at most
     * @param mostRepeats how often it excuses a step back
     */
    record Window(Fault fault, long from, long to, long mostRecords, int mostRepeats) {
        boolean holds(long time) {
            return from <= time && time <= to;
        }
    }

    /** Finds the faults that are excuses. They hold from their begin. */
    static ExcuseWindows of(List<Excuse> excuses, List<Fault> faults) {
        List<Window> windows = new ArrayList<>();
        for (Fault fault : faults) {
            for (Excuse excuse : excuses) {
                if (excuse.fault().equals(fault.kind())) {
                    long to = fault.to() + excuse.afterwards().toMillis();
                    windows.add(new Window(fault, fault.from(), to, excuse.mostRecords(), excuse.mostRepeats()));
                }
            }
        }
        windows.sort(Comparator.comparingLong(Window::to));
        return new ExcuseWindows(windows);
    }

    /** As {@link #of}, but they hold as long before a fault as after it. */
    static ExcuseWindows around(List<Excuse> excuses, List<Fault> faults) {
        List<Window> windows = of(excuses, faults).windows.stream()
                .map(window -> new Window(
                        window.fault,
                        window.from - (window.to - window.fault.to()),
                        window.to,
                        window.mostRecords,
                        window.mostRepeats))
                .toList();
        return new ExcuseWindows(windows);
    }

    /** Returns all windows. The first one to close comes first. */
    List<Window> all() {
        return windows;
    }

    boolean hold(long time) {
        return windows.stream().anyMatch(window -> window.holds(time));
    }

    /** Returns the latest fault that is an excuse at a moment. */
    Optional<Fault> latest(long time) {
        return windows.stream()
                .filter(window -> window.holds(time))
                .map(Window::fault)
                .max(Comparator.comparingLong(Fault::from));
    }

    /** Returns how many steps back the windows allow together that hold at some moment of a span. */
    long repeatsWithin(long from, long to) {
        return windows.stream()
                .filter(window -> window.from <= to && window.to >= from)
                .mapToLong(Window::mostRepeats)
                .sum();
    }
}
