// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce.send;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the answers for the records of a batch, so that a thread can wait for all of them at once. Thread-safe; one thread at a time waits.
 */
final class AnswerCount {

    /** A wait for a number of answers. */
    private record Goal(int answers, CompletableFuture<Void> reached) {}

    private final AtomicInteger answered = new AtomicInteger();
    private volatile Goal goal = new Goal(Integer.MAX_VALUE, new CompletableFuture<>());

    /** Counts an answer. */
    void add() {
        int now = answered.incrementAndGet();
        Goal current = goal;
        if (now >= current.answers()) {
            current.reached().complete(null);
        }
    }

    /** Returns a future that completes when there are this many answers. It replaces the future that was returned before. */
    Future<Void> reaches(int answers) {
        Goal next = new Goal(answers, new CompletableFuture<>());
        goal = next;
        if (answered.get() >= answers) {
            next.reached().complete(null);
        }
        return next.reached();
    }
}
