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
 * The batches that begin in one call of the sink's {@code process}. They take one after the other; each is acknowledged and committed by itself, whatever
 * becomes of the others; all have ended when this has.
 *
 * <p>For the thread of that call, which only waits. An interrupt, by which Flume stops a sink, lets the lanes come to an end, and shows again when this is
 * closed.
 */
final class DrainCall implements AutoCloseable {

    /** A batch whose transaction is still open, and why. */
    private record Failed(BatchLane lane, Batch batch, Throwable reason) {}

    private final Channel channel;
    private final BatchLimit limit;
    private final Deque<BatchLane> idle;
    private final InterruptRelay wait;
    private final Deque<BatchSeries> inFlight = new ArrayDeque<>();
    private final Deque<Failed> failed = new ArrayDeque<>();
    private int delivered;

    DrainCall(Channel channel, List<BatchLane> lanes, BatchLimit limit) {
        this.channel = channel;
        this.limit = limit;
        this.idle = new ArrayDeque<>(lanes);
        this.wait = new InterruptRelay(lanes.stream().map(BatchLane::thread).toList());
    }

    /** Lets a lane deliver for so long, where there is only one. */
    void deliverFor(Duration time) {
        begin(limit.isCautious() ? Duration.ZERO : time);
    }

    /** Begins a batch, once a lane is idle, and waits until it takes no more. {@code false} if no other should follow. */
    boolean beginBatch() throws EventDeliveryException {
        if (idle.isEmpty()) {
            awaitOldest();
        }
        if (!failed.isEmpty()
                || inFlight.stream().anyMatch(each -> each.delivery().isCompletedExceptionally())) {
            return false;
        }
        BatchSeries begun = begin(Duration.ZERO);
        try {
            return wait.await(begun.last().filled()) && !wait.isInterrupted();
        } catch (ExecutionException impossible) {
            throw new EventDeliveryException("A batch has not said whether it is filled", impossible);
        }
    }

    private BatchSeries begin(Duration time) {
        BatchLane lane = idle.remove();
        BatchSeries series = new BatchSeries(lane, channel, limit, time);
        inFlight.add(series);
        lane.thread().execute(series);
        return series;
    }

    /**
     * Waits for all of them; the number of events delivered.
     *
     * @throws EventDeliveryException if a batch failed: the reason of the first, after all that failed have been given back
     */
    int end() throws EventDeliveryException {
        while (!inFlight.isEmpty()) {
            awaitOldest();
        }
        if (failed.isEmpty()) {
            return delivered;
        }
        Failed first = failed.getFirst();
        giveBack();
        if (first.reason() instanceof DeliveryFailedException undelivered) {
            undelivered.suspect().ifPresent(index -> limit.failed(first.batch().events(), index));
            throw undelivered;
        }
        if (first.reason() instanceof Error error) {
            throw error;
        }
        throw new EventDeliveryException("A batch was given back to the channel", first.reason());
    }

    /** The newest first: so the channel has the events in their order again. */
    private void giveBack() {
        while (!failed.isEmpty()) {
            Failed last = failed.removeLast();
            CompletableFuture<Void> giveBack = CompletableFuture.runAsync(
                    () -> last.batch().giveBack(last.reason()), last.lane().thread());
            try {
                wait.await(giveBack);
            } catch (ExecutionException also) {
                last.reason().addSuppressed(also.getCause());
            }
        }
    }

    private void awaitOldest() {
        BatchSeries oldest = inFlight.remove();
        try {
            delivered += wait.await(oldest.delivery());
            limit.delivered(oldest.last().events());
        } catch (ExecutionException ended) {
            failed.add(new Failed(oldest.lane(), oldest.last(), Objects.requireNonNull(ended.getCause())));
        }
        idle.add(oldest.lane());
    }

    @Override
    public void close() {
        wait.close();
    }
}
