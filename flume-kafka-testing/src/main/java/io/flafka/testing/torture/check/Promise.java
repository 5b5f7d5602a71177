// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture.check;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What a pipeline promises. Each method returns a changed copy.
 *
 * @param delivery how often an acknowledged event is delivered
 * @param order the order of one key's events
 * @param fates where events end that are not delivered
 * @param duplicates the faults that allow duplicates, of the output and of dead letters. Without effect if delivery is
 *     exactly once
 * @param deadLetters the faults that allow dead letters of events that could have been delivered
 * @param losses the faults that allow the loss of events which were sent while the excuse held, or for as long before
 *     the fault as it holds after it
 * @param longestStall how long the pipeline may stand still while no fault is active
 * @param settling how long after a fault's end standing still is still caused by it
 */
public record Promise(
        Delivery delivery,
        KeyOrder order,
        Map<BodyKind, Fate> fates,
        List<Excuse> duplicates,
        List<Excuse> deadLetters,
        List<Excuse> losses,
        Duration longestStall,
        Duration settling) {

    private static final Duration LONGEST_STALL = Duration.ofSeconds(30);
    private static final Duration SETTLING = Duration.ofSeconds(90);

    public Promise {
        fates = Map.copyOf(fates);
        duplicates = List.copyOf(duplicates);
        deadLetters = List.copyOf(deadLetters);
        losses = List.copyOf(losses);
    }

    /** Everything is delivered, in each key's order, and no fault excuses a duplicate yet. */
    public static Promise atLeastOnce() {
        return strict(Delivery.AT_LEAST_ONCE);
    }

    /** Everything is delivered once, in each key's order. */
    public static Promise exactlyOnce() {
        return strict(Delivery.EXACTLY_ONCE);
    }

    private static Promise strict(Delivery delivery) {
        return new Promise(
                delivery, KeyOrder.PARTITION, Map.of(), List.of(), List.of(), List.of(), LONGEST_STALL, SETTLING);
    }

    /** Sets the order of one key's events. */
    public Promise inOrder(KeyOrder other) {
        return new Promise(delivery, other, fates, duplicates, deadLetters, losses, longestStall, settling);
    }

    /** Sets where events of a kind end. */
    public Promise ending(BodyKind kind, Fate fate) {
        Map<BodyKind, Fate> all = new EnumMap<>(BodyKind.class);
        all.putAll(fates);
        all.put(kind, fate);
        return new Promise(delivery, order, all, duplicates, deadLetters, losses, longestStall, settling);
    }

    /** Sets the faults that allow duplicates. */
    public Promise duplicatesAfter(Excuse... excuses) {
        return new Promise(delivery, order, fates, List.of(excuses), deadLetters, losses, longestStall, settling);
    }

    /** Sets the faults that allow dead letters of good events. */
    public Promise deadLettersAfter(Excuse... excuses) {
        return new Promise(delivery, order, fates, duplicates, List.of(excuses), losses, longestStall, settling);
    }

    /** Sets the faults that allow losses. */
    public Promise lossesAfter(Excuse... excuses) {
        return new Promise(delivery, order, fates, duplicates, deadLetters, List.of(excuses), longestStall, settling);
    }

    /** Sets how long the pipeline may stand still while no fault is active, and how long a fault's effect lasts. */
    public Promise stallingAtMost(Duration longest, Duration settlingTime) {
        return new Promise(delivery, order, fates, duplicates, deadLetters, losses, longest, settlingTime);
    }

    Fate fate(BodyKind kind) {
        return fates.getOrDefault(kind, Fate.DELIVERED);
    }
}
