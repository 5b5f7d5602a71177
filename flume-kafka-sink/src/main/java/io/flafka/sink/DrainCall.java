// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import io.flafka.lifecycle.InterruptRelay;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.flume.Channel;
import org.apache.flume.EventDeliveryException;

/**
 * One call of the sink's {@code process}: the batches that begin in it. Only one batch at a time takes events. Each is acknowledged and committed by
 * itself, whether or not the others fail. All have ended when {@link #awaitAll} returns or throws.
 *
 * <p>For the thread of that call, which only waits. An interrupt, with which Flume stops a sink, asks the lanes to finish; the interrupt flag is set
 * again on {@link #close}.
 */
final class DrainCall implements AutoCloseable {

    /** A failed batch, whose transaction is still open. */
    private record FailedBatch(BatchLane lane, Batch batch, Throwable reason) {}

    private final Channel channel;
    private final BatchLimit limit;
    private final Deque<BatchLane> idleLanes;
    private final InterruptRelay interruptRelay;
    private final Deque<BatchSeries> inFlight = new ArrayDeque<>();
    private final Deque<FailedBatch> failed = new ArrayDeque<>();
    private int delivered;

    DrainCall(Channel channel, List<BatchLane> lanes, BatchLimit limit) {
        this.channel = channel;
        this.limit = limit;
        this.idleLanes = new ArrayDeque<>(lanes);
        this.interruptRelay =
                new InterruptRelay(lanes.stream().map(BatchLane::thread).toList());
    }

    /** Begins a series of batches, for a sink with one lane. With a suspect the series has a single batch. */
    void beginSeries(Duration duration) {
        begin(limit.hasSuspect() ? Duration.ZERO : duration);
    }

    /**
     * Begins a batch when a lane is idle, and waits until the batch takes no more events.
     *
     * @return whether another batch may follow
     */
    boolean beginBatch() throws EventDeliveryException {
        if (idleLanes.isEmpty()) {
            awaitOldest();
        }
        if (!failed.isEmpty()
                || inFlight.stream().anyMatch(each -> each.delivery().isCompletedExceptionally())) {
            return false;
        }
        BatchSeries begun = begin(Duration.ZERO);
        try {
            return interruptRelay.await(begun.last().isFull()) && !interruptRelay.isInterrupted();
        } catch (ExecutionException impossible) {
            throw new EventDeliveryException("A batch did not report whether it is full", impossible);
        }
    }

    private BatchSeries begin(Duration duration) {
        BatchLane lane = idleLanes.remove();
        BatchSeries series = new BatchSeries(lane, channel, limit, duration);
        inFlight.add(series);
        lane.thread().execute(series);
        return series;
    }

    /**
     * Waits for all batches in flight.
     *
     * @return the number of events delivered
     * @throws EventDeliveryException with the reason of the first failure, after all failed batches are rolled back
     */
    int awaitAll() throws EventDeliveryException {
        while (!inFlight.isEmpty()) {
            awaitOldest();
        }
        if (failed.isEmpty()) {
            return delivered;
        }
        FailedBatch first = failed.getFirst();
        rollBackFailed();
        if (first.reason() instanceof DeliveryFailedException undelivered) {
            undelivered
                    .failedIndex()
                    .ifPresent(index -> limit.onFailed(first.batch().events(), index));
            throw undelivered;
        }
        if (first.reason() instanceof Error error) {
            throw error;
        }
        throw new EventDeliveryException("A batch was rolled back to the channel", first.reason());
    }

    /** Rolls back the newest first, so that the channel has the events in their order again. */
    private void rollBackFailed() {
        while (!failed.isEmpty()) {
            FailedBatch newest = failed.removeLast();
            CompletableFuture<Void> rollback = CompletableFuture.runAsync(
                    () -> newest.batch().rollBack(newest.reason()),
                    newest.lane().thread());
            try {
                interruptRelay.await(rollback);
            } catch (ExecutionException also) {
                newest.reason().addSuppressed(also.getCause());
            }
        }
    }

    private void awaitOldest() {
        BatchSeries oldest = inFlight.remove();
        try {
            delivered += interruptRelay.await(oldest.delivery());
            limit.onDelivered(oldest.last().events());
        } catch (ExecutionException ended) {
            failed.add(new FailedBatch(oldest.lane(), oldest.last(), Objects.requireNonNull(ended.getCause())));
        }
        idleLanes.add(oldest.lane());
    }

    @Override
    public void close() {
        interruptRelay.close();
    }
}
