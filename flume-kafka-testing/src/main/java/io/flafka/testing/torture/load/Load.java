// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture.load;

import io.flafka.testing.torture.History;
import io.flafka.testing.torture.check.BodyKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends numbered events, with one thread per sender, until it is stopped. A sender waits for each answer. What was not
 * acknowledged is not sent again. For one thread.
 */
public final class Load implements AutoCloseable {
    private static final Duration STOP = Duration.ofMinutes(4);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(500);
    private static final int LARGEST_BATCH = 25;
    private static final int LONGEST_PAUSE_MILLIS = 200;

    private final History history;
    private final Random random;
    private final Set<BodyKind> kinds;
    private final int partitions;
    private final List<Thread> threads = new ArrayList<>();
    private final Map<String, Integer> acknowledged = new ConcurrentHashMap<>();
    private final AtomicLong sent = new AtomicLong();
    private volatile boolean stopped;

    /**
     * Creates a load without senders.
     *
     * @param partitions the partitions of the pipeline's first topic
     * @param kinds the kinds of bodies
     */
    public Load(History history, Random random, int partitions, Set<BodyKind> kinds) {
        this.history = history;
        this.random = random;
        this.partitions = partitions;
        this.kinds = kinds;
    }

    /** Begins to send with these senders, which it closes. */
    public void start(List<Sender> senders) {
        for (Sender sender : senders) {
            int number = threads.size() + 1;
            EventMaker maker = new EventMaker(number, partitions, kinds, new Random(random.nextLong()));
            Random pauses = new Random(random.nextLong());
            Thread thread = new Thread(() -> run(sender, maker, pauses), "sender-" + number);
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
    }

    private void run(Sender sender, EventMaker maker, Random pauses) {
        try (sender) {
            while (!stopped) {
                List<LoadEvent> events = maker.next(LARGEST_BATCH);
                history.sent(events);
                sent.addAndGet(events.size());
                List<LoadEvent> accepted = sender.send(events);
                accepted.forEach(event -> acknowledged.merge(event.id(), 1, Integer::sum));
                history.acked(accepted);
                Duration pause = accepted.isEmpty()
                        ? PAUSE_AFTER_FAILURE
                        : Duration.ofMillis(pauses.nextInt(LONGEST_PAUSE_MILLIS));
                LockSupport.parkNanos(pause.toNanos());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns how many events were sent. */
    public long sent() {
        return sent.get();
    }

    /** Returns how many events were acknowledged. */
    public long acknowledgedCount() {
        return acknowledged.values().stream().mapToLong(Integer::longValue).sum();
    }

    /** Returns by id how often an event was acknowledged. */
    public Map<String, Integer> acknowledged() {
        return acknowledged;
    }

    /** Sends nothing more, and waits for the answers to what was sent. */
    public void stop() throws InterruptedException {
        stopped = true;
        for (Thread thread : threads) {
            thread.join(STOP.toMillis());
        }
    }

    @Override
    public void close() {
        stopped = true;
        threads.forEach(Thread::interrupt);
    }
}
