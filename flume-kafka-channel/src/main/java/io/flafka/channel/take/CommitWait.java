// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.take;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Whether the commit of a take transaction waits until Kafka has its offsets: the property {@code kafka.commitIntervalMillis}. Thread-safe.
 *
 * <p>The wait never fails. The events are delivered, and Kafka may have their offsets without having confirmed them, so a rollback would not be safe.
 */
public sealed interface CommitWait {

    /** Does not wait, because the readers commit at intervals. If the agent is killed, events taken since the last commit are delivered again. */
    record AtIntervals() implements CommitWait {
        @Override
        public void await(Set<TakeBuffer.Reader> readers) {
            // Nothing to wait for.
        }
    }

    /**
     * Waits until Kafka has confirmed or refused the offsets, or has not answered in time. The readers log a refusal. Transactions that end at the
     * same time share a commit.
     *
     * @param timeout the longest wait, for all readers together
     * @param report reports whether Kafka answers in time
     */
    record EachTransaction(Duration timeout, CommitTimeoutReport report) implements CommitWait {
        @Override
        public void await(Set<TakeBuffer.Reader> readers) {
            long deadline = System.nanoTime() + timeout.toNanos();
            List<PendingCommit> commits =
                    readers.stream().map(TakeBuffer.Reader::requestCommit).toList();
            boolean allAnswered = true;
            for (PendingCommit commit : commits) {
                Duration left = Duration.ofNanos(deadline - System.nanoTime());
                allAnswered &= commit.await(left) != PendingCommit.Answer.NONE;
            }
            if (!allAnswered) {
                report.reportTimeout(timeout);
            } else if (!commits.isEmpty()) {
                report.reportAnswer();
            }
        }
    }

    /** Requests a commit from each of these readers, and waits as this type does. */
    void await(Set<TakeBuffer.Reader> readers);
}
