// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.take;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * What the end of a take transaction waits for: the property {@code kafka.commitIntervalMillis}. Thread-safe.
 *
 * <p>It never fails: the events are delivered, and Kafka may have their offsets although it has not said so, so that they cannot be given back safely.
 */
public sealed interface CommitWait {

    /** Returns at once: the readers commit at intervals. A kill repeats what was taken since the last one. */
    record AtIntervals() implements CommitWait {
        @Override
        public void await(Set<AssignedQueues> readers) {
            // Nothing to wait for.
        }
    }

    /**
     * Returns when Kafka has the offsets, or has refused them, which the readers log, or has not answered in time. Transactions that end at the same
     * time share a commit.
     *
     * @param timeout the longest wait for all readers together
     * @param silence hears whether Kafka answers
     */
    record EachTransaction(Duration timeout, CommitTimeoutReport silence) implements CommitWait {
        @Override
        public void await(Set<AssignedQueues> readers) {
            long deadline = System.nanoTime() + timeout.toNanos();
            List<PendingCommit> rounds =
                    readers.stream().map(AssignedQueues::requestCommit).toList();
            boolean allAnswered = true;
            for (PendingCommit round : rounds) {
                Duration left = Duration.ofNanos(deadline - System.nanoTime());
                allAnswered &= round.await(left) != PendingCommit.Answer.NONE;
            }
            if (!allAnswered) {
                silence.began(timeout);
            } else if (!rounds.isEmpty()) {
                silence.ended();
            }
        }
    }

    /** Asks these readers to commit, and waits as this does. */
    void await(Set<AssignedQueues> readers);
}
