// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture.check;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * A small model of senders -> channel -> sink, with two partitions, offsets that are committed now and then, and kills.
 * It keeps its promise, apart from a {@link SeededBug}.
 */
final class SimulatedPipeline {
    private static final int KEYS = 4;
    private static final int PARTITIONS = 2;
    private static final int BATCH = 5;
    private static final int REPEATS = 50;

    private record Stored(EventId id, BodyKind body) {}

    private final Random random;
    private final Delivery delivery;
    private final SeededBug bug;
    private final SimulatedHistory history = new SimulatedHistory();
    private final int[] sent = new int[KEYS];
    private final Set<EventId> acked = new HashSet<>();
    private final Set<EventId> known = new HashSet<>();
    private final List<Stored> unanswered = new ArrayList<>();
    private final List<List<Stored>> log = List.of(new ArrayList<>(), new ArrayList<>());
    private final int[] position = new int[PARTITIONS];
    private final int[] committed = new int[PARTITIONS];
    private boolean buggy;
    private boolean bugDone;
    private long killedAt;

    SimulatedPipeline(long seed, Delivery delivery, SeededBug bug) {
        this.random = new Random(seed);
        this.delivery = delivery;
        this.bug = bug;
    }

    /** Runs some steps, and then until everything is delivered. The bug happens after half of them. */
    SimulatedHistory run(int steps) {
        for (int step = 0; step < steps || buggy; step++) {
            buggy = step > steps / 2 && bug != SeededBug.NONE && !bugDone;
            step();
        }
        buggy = false;
        acknowledge();
        while (position[0] < log.get(0).size() || position[1] < log.get(1).size()) {
            take(0, BATCH);
            take(1, BATCH);
        }
        history.pass(2000);
        return history;
    }

    private void step() {
        history.pass(random.nextInt(20));
        int what = random.nextInt(100);
        if (what < 50) {
            put();
        } else if (what < 60) {
            acknowledge();
        } else if (what < 87) {
            take(random.nextInt(PARTITIONS), BATCH);
        } else if (what < 98) {
            commit();
        } else if (random.nextInt(16) == 0) {
            kill();
        }
        if (buggy && bug == SeededBug.STANDS_STILL && isCalm() && waits()) {
            history.pass(20_000);
            bugDone = true;
        }
    }

    private void put() {
        int key = random.nextInt(KEYS);
        BodyKind body = random.nextInt(20) == 0 ? BodyKind.POISON : BodyKind.UNIQUE;
        Stored event = new Stored(new EventId("k" + key, sent[key]++), body);
        history.sent(event.id, event.body);
        unanswered.add(event);
        if (random.nextInt(1000) == 0) {
            // Killed before the channel had it.
            kill();
        } else {
            log.get(key % PARTITIONS).add(event);
        }
    }

    private void acknowledge() {
        unanswered.forEach(event -> {
            history.acked(event.id);
            acked.add(event.id);
        });
        unanswered.clear();
    }

    private void take(int partition, int most) {
        List<Stored> events = log.get(partition);
        int from = position[partition];
        int to = Math.min(events.size(), from + 1 + random.nextInt(most));
        boolean killed = delivery == Delivery.AT_LEAST_ONCE && random.nextInt(300) == 0;
        int end = killed ? from + random.nextInt(to - from + 1) : to;
        List<Stored> batch = new ArrayList<>(events.subList(from, end));
        boolean spoiled = !killed && spoil(batch);
        batch.forEach(event -> write(partition, event));
        position[partition] = to;
        if (delivery == Delivery.EXACTLY_ONCE) {
            committed[partition] = to;
        }
        if (killed) {
            kill();
        } else if (spoiled) {
            // A kill would heal it.
            commit();
        }
    }

    private void write(int partition, Stored event) {
        known.add(event.id);
        if (event.body == BodyKind.POISON) {
            history.deadLetter(event.id);
        } else {
            history.deliver(partition, event.id);
        }
    }

    private void commit() {
        System.arraycopy(position, 0, committed, 0, PARTITIONS);
    }

    private void kill() {
        history.kill();
        commitsOneTooFar();
        killedAt = history.time() + random.nextInt(500);
        history.pass(killedAt - history.time());
        System.arraycopy(committed, 0, position, 0, PARTITIONS);
        retry();
        history.restarted();
    }

    /** Half of the senders send again what was not answered; the others give up. */
    private void retry() {
        if (random.nextBoolean()) {
            for (Stored event : unanswered) {
                history.sent(event.id, event.body);
                known.add(event.id);
                log.get(partition(event)).add(event);
            }
            history.pass(1);
            acknowledge();
        }
        unanswered.clear();
    }

    private static int partition(Stored event) {
        return Integer.parseInt(event.id.key().substring(1)) % PARTITIONS;
    }

    // ---- The bugs

    private void commitsOneTooFar() {
        if (!buggy || bug != SeededBug.COMMITS_ONE_TOO_FAR) {
            return;
        }
        for (int partition = 0; partition < PARTITIONS && !bugDone; partition++) {
            int next = position[partition];
            if (next < log.get(partition).size() && isGood(log.get(partition).get(next))) {
                committed[partition] = next + 1;
                bugDone = true;
            }
        }
    }

    private boolean spoil(List<Stored> batch) {
        if (!buggy || batch.isEmpty()) {
            return false;
        }
        Stored last = batch.get(batch.size() - 1);
        switch (bug) {
            case SKIPS_A_RECORD -> when(isGood(last), () -> batch.remove(last));
            case REPEATS_WITHOUT_END -> when(isCalm() && isGood(last), () -> repeat(batch, REPEATS));
            case REPEATS_AFTER_A_KILL ->
                when(history.time() < killedAt + 500 && isGood(last), () -> repeat(batch, REPEATS));
            case REPEATS_AN_EVENT -> when(isCalm() && isGood(last), () -> batch.add(last));
            case SWAPS_TWO_EVENTS -> swap(batch);
            case FORGETS_A_DEAD_LETTER -> when(isBad(last), () -> batch.remove(last));
            case REPEATS_A_DEAD_LETTER -> when(isCalm() && isBad(last), () -> batch.add(last));
            case NONE, COMMITS_ONE_TOO_FAR, STANDS_STILL -> {
                // Elsewhere.
            }
        }
        return bugDone;
    }

    private void when(boolean possible, Runnable spoil) {
        if (possible) {
            spoil.run();
            bugDone = true;
        }
    }

    private static void repeat(List<Stored> batch, int times) {
        List<Stored> once =
                batch.stream().filter(event -> event.body != BodyKind.POISON).toList();
        for (int i = 0; i < times; i++) {
            batch.addAll(once);
        }
    }

    private void swap(List<Stored> batch) {
        for (int i = 0; i + 1 < batch.size() && isCalm(); i++) {
            Stored first = batch.get(i);
            Stored second = batch.get(i + 1);
            if (isGood(first) && isGood(second) && first.id.key().equals(second.id.key())) {
                batch.set(i, second);
                batch.set(i + 1, first);
                bugDone = true;
                return;
            }
        }
    }

    private boolean isGood(Stored event) {
        return event.body != BodyKind.POISON && isNew(event);
    }

    private boolean isBad(Stored event) {
        return event.body == BodyKind.POISON && isNew(event);
    }

    /** Returns whether it is acknowledged, handed over once and not delivered yet, so that the bug must show. */
    private boolean isNew(Stored event) {
        return acked.contains(event.id) && !known.contains(event.id);
    }

    /** Returns whether the last kill is so long ago that it excuses nothing. */
    private boolean isCalm() {
        return history.time() > killedAt + 2000;
    }

    private boolean waits() {
        return position[0] < log.get(0).size() && isGood(log.get(0).get(position[0]));
    }
}
