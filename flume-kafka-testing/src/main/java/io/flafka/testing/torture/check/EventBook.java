// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture.check;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The states of all events that were sent. For one thread. */
final class EventBook {
    private static final int BLOCK = 256;

    private final Map<String, TreeMap<Integer, @Nullable EventState[]>> keys = new TreeMap<>();

    /** Returns the event's state, and creates it if it is new. */
    EventState sent(EventId id, BodyKind body, int time) {
        @Nullable
        EventState[] block = keys.computeIfAbsent(id.key(), key -> new TreeMap<>())
                .computeIfAbsent(Math.floorDiv(id.number(), BLOCK), number -> new EventState[BLOCK]);
        int index = Math.floorMod(id.number(), BLOCK);
        EventState known = block[index];
        if (known != null) {
            return known;
        }
        EventState created = new EventState(body, time);
        block[index] = created;
        return created;
    }

    /** Returns the state of an event that was sent. */
    Optional<EventState> find(EventId id) {
        TreeMap<Integer, @Nullable EventState[]> blocks = keys.get(id.key());
        @Nullable EventState[] block = blocks == null ? null : blocks.get(Math.floorDiv(id.number(), BLOCK));
        return block == null ? Optional.empty() : Optional.ofNullable(block[Math.floorMod(id.number(), BLOCK)]);
    }

    /** Visits all events, those of a key one after the other, in the order of their numbers. */
    void forEach(BiConsumer<EventId, EventState> visitor) {
        keys.forEach((key, blocks) -> blocks.forEach((number, block) -> {
            for (int i = 0; i < BLOCK; i++) {
                EventState state = block[i];
                if (state != null) {
                    visitor.accept(new EventId(key, number * BLOCK + i), state);
                }
            }
        }));
    }
}
