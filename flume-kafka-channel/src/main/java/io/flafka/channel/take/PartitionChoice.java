// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.take;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the partition that a transaction takes from next.
 *
 * <p>The order is: partitions with records that were rolled back, in the order in which these were taken; then the partition that the transaction
 * already holds; then the partition that was chosen the longest time ago. A partition stopped at a bad record comes last.
 *
 * <p>Not thread-safe: used with the lock of the {@link TakeBuffer}. Guarantee: a partition with records is passed over at most {@link #ROUNDS} times
 * the number of partitions. After that it comes before all partitions that have waited less, whatever is rolled back, held or stopped.
 */
final class PartitionChoice {

    /** High enough that a sink which fails briefly gets the same events again, and that a stopped partition is not tried all the time. */
    static final int ROUNDS = 8;

    private static final class History {
        /** The number of the choice: the lower, the longer ago. */
        private long lastChosen;

        private int timesPassedOver;
    }

    private final Map<PartitionQueue, History> histories = new LinkedHashMap<>();
    private long choices;
    private long lowestRetryOrder = RecordRun.NOT_ROLLED_BACK;

    void add(PartitionQueue queue) {
        histories.put(queue, new History());
    }

    void remove(PartitionQueue queue) {
        histories.remove(queue);
    }

    /** Returns the partition to take from next, or null if none has records for this transaction. */
    @Nullable
    PartitionQueue next(OpenTake take) {
        PartitionQueue best = null;
        for (PartitionQueue queue : histories.keySet()) {
            if (queue.offersTo(take) && (best == null || isBefore(queue, best, take))) {
                best = queue;
            }
        }
        return best;
    }

    /** Returns true if a partition that is not stopped has records for this transaction. */
    boolean hasMore(OpenTake take) {
        return histories.keySet().stream().anyMatch(queue -> queue.offersTo(take) && !queue.isStopped());
    }

    /** Counts that the transaction takes from this partition, and that it passes over the others. To call before it takes. */
    void chosen(PartitionQueue chosen, OpenTake take) {
        History own = histories.get(chosen);
        if (own == null || chosen.isHeldBy(take)) {
            return;
        }
        histories.forEach((queue, history) -> {
            if (queue.offersTo(take)) {
                history.timesPassedOver++;
            }
        });
        own.timesPassedOver = 0;
        own.lastChosen = ++choices;
    }

    /** Returns the first of a series of retry orders, one per run, which are before all others so far: the last rollback is retried first. */
    long retryOrders(int runs) {
        lowestRetryOrder -= runs;
        return lowestRetryOrder;
    }

    private boolean isBefore(PartitionQueue queue, PartitionQueue other, OpenTake take) {
        int overdue = overdue(queue);
        int otherOverdue = overdue(other);
        if (overdue != otherOverdue) {
            return overdue > otherOverdue;
        }
        if (queue.isStopped() != other.isStopped()) {
            return other.isStopped();
        }
        return rank(queue, take) < rank(other, take);
    }

    /** Returns 0 until the partition was passed over too often, then how often it was. */
    private int overdue(PartitionQueue queue) {
        int timesPassedOver = history(queue).timesPassedOver;
        return timesPassedOver < ROUNDS * histories.size() ? 0 : timesPassedOver;
    }

    private long rank(PartitionQueue queue, OpenTake take) {
        long retryOrder = queue.retryOrder();
        if (retryOrder != RecordRun.NOT_ROLLED_BACK) {
            return retryOrder;
        }
        return queue.isHeldBy(take) ? 0 : 1 + history(queue).lastChosen;
    }

    private History history(PartitionQueue queue) {
        History history = histories.get(queue);
        if (history == null) {
            throw new IllegalStateException("not added: " + queue.partition());
        }
        return history;
    }
}
