// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture.load;

import io.flafka.testing.torture.check.BodyKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Makes the events of one sender, which has keys of its own. For one thread. */
final class EventMaker {
    private static final int KEYS = 6;
    private static final int PER_MILLE = 1000;
    private static final int TWINS = 150;
    private static final int UNIQUE_UNTIL = 150;
    private static final int TOMBSTONES_UNTIL = 165;
    private static final int POISON_UNTIL = 175;
    private static final int HUGE_UNTIL = 178;

    private final String sender;
    private final int firstKey;
    private final int partitions;
    private final Set<BodyKind> kinds;
    private final Random random;
    private final long[] last = new long[KEYS];

    /**
     * Creates a maker.
     *
     * @param number the sender's number
     * @param partitions the partitions of the pipeline's first topic
     * @param kinds the kinds of bodies
     */
    EventMaker(int number, int partitions, Set<BodyKind> kinds, Random random) {
        this.sender = "s" + number + "k";
        this.firstKey = number;
        this.partitions = partitions;
        this.kinds = Set.copyOf(kinds);
        this.random = random;
    }

    /** Returns the next events: from one to {@code most}. */
    List<LoadEvent> next(int most) {
        int count = 1 + random.nextInt(most);
        List<LoadEvent> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int key = random.nextInt(KEYS);
            if (random.nextInt(PER_MILLE) < TWINS) {
                events.add(LoadEvent.twin(sender + "twin" + key, (firstKey + key) % partitions));
                continue;
            }
            last[key]++;
            events.add(new LoadEvent(sender + key, last[key], (firstKey + key) % partitions, kind()));
        }
        return events;
    }

    private BodyKind kind() {
        BodyKind kind = draw(random.nextInt(PER_MILLE));
        return kinds.contains(kind) ? kind : BodyKind.EQUAL;
    }

    private static BodyKind draw(int number) {
        if (number < UNIQUE_UNTIL) {
            return BodyKind.UNIQUE;
        }
        if (number < TOMBSTONES_UNTIL) {
            return BodyKind.TOMBSTONE;
        }
        if (number < POISON_UNTIL) {
            return BodyKind.POISON;
        }
        return number < HUGE_UNTIL ? BodyKind.HUGE : BodyKind.EQUAL;
    }
}
