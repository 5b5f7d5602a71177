// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture.check;

import java.util.List;

/**
 * A promise that was broken, for one event or several in a row.
 *
 * @param kind how
 * @param text the events, what happened to them, where and when, in plain English
 * @param ids the events; of many the first ones
 * @param from when it happened first, in milliseconds
 * @param to when it happened last
 * @param faults the faults around that time
 */
public record BrokenPromise(Kind kind, String text, List<EventId> ids, long from, long to, List<Fault> faults) {

    public BrokenPromise {
        ids = List.copyOf(ids);
        faults = List.copyOf(faults);
    }

    /** How a promise was broken. */
    public enum Kind {
        /** Acknowledged, but not in the output. */
        LOST,
        /** In the output again without a fault that excuses it. */
        DUPLICATED,
        /** In the output more often than the faults excuse. */
        REPEATED,
        /** Delivered for the first time after an event of the key that was sent later. */
        REORDERED,
        /** A bad event that was acknowledged, but is not in the dead letters. */
        NOT_DEAD_LETTERED,
        /** In the dead letters again without a fault that excuses it. */
        DEAD_LETTERED_AGAIN,
        /** A good event in the dead letters. */
        WRONGLY_DEAD_LETTERED,
        /** A bad event in the output. */
        WRONGLY_DELIVERED,
        /** In the output or the dead letters, but never sent. */
        INVENTED,
        /** Without progress for too long while no fault was active. */
        STALLED,
        /** Nothing was acknowledged or measured, so that nothing is proven. */
        UNPROVEN
    }

    @Override
    public String toString() {
        StringBuilder line = new StringBuilder(kind.name()).append(": ").append(text);
        if (faults.isEmpty()) {
            return line.append("; no fault around").toString();
        }
        line.append("; faults around:");
        faults.forEach(fault -> line.append(
                " %s of %s (t=%d to %d)".formatted(fault.kind(), fault.target(), fault.from(), fault.to())));
        return line.toString();
    }
}
