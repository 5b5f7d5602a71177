// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the end of a take transaction waits for: the property {@code kafka.commitIntervalMillis}. Thread-safe. */
sealed interface OffsetConfirmation {

    /** Returns at once: the readers commit at intervals. A kill repeats what was taken since the last one. */
    record AtIntervals() implements OffsetConfirmation {
        @Override
        public Optional<String> await(Set<AssignedQueues> readers) {
            return Optional.empty();
        }
    }

    /**
     * Returns when Kafka has the offsets. Transactions that end at the same time share a commit.
     *
     * @param timeout the longest wait
     */
    record EachTransaction(Duration timeout) implements OffsetConfirmation {
        @Override
        public Optional<String> await(Set<AssignedQueues> readers) {
            List<CommitRound> rounds =
                    readers.stream().map(AssignedQueues::requestCommit).toList();
            Optional<String> failure = Optional.empty();
            for (CommitRound round : rounds) {
                Optional<String> of = round.awaitFailure(timeout);
                failure = failure.or(() -> of);
            }
            return failure;
        }
    }

    /** The reason why Kafka does not have the offsets of these readers, or none. */
    Optional<String> await(Set<AssignedQueues> readers);
}
