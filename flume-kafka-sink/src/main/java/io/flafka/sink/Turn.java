// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import io.flafka.metrics.SinkMetrics;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import org.apache.flume.Channel;
import org.apache.flume.EventDeliveryException;

/**
 * The batches that begin in one call of the sink's {@code process}. They take one after the other; each is acknowledged and committed by itself, whatever
 * becomes of the others; all have ended when this has.
 *
 * <p>For the thread of that call. An interrupt, by which Flume stops a sink, is passed on to the lanes and shows again at the end.
 */
final class Turn implements AutoCloseable {

    /** A batch on its lane's thread. */
    private record Underway(Lane lane, Batch batch, FutureTask<Integer> delivery) {

        boolean hasFailed() {
            return delivery.isDone() && batch.hasFailed();
        }
    }

    /** A batch whose transaction is still open, and why. */
    private record Failed(Lane lane, Batch batch, Throwable reason) {}

    /** A wait that an interrupt does not end. */
    @FunctionalInterface
    private interface Wait<T, X extends Exception> {
        T await() throws InterruptedException, X;
    }

    private final Channel channel;
    private final List<Lane> lanes;
    private final BatchLimit limit;
    private final SinkMetrics metrics;
    private final Deque<Lane> idle;
    private final Deque<Underway> inFlight = new ArrayDeque<>();
    private final Deque<Failed> failed = new ArrayDeque<>();
    private int delivered;
    private boolean interrupted;

    Turn(Channel channel, List<Lane> lanes, BatchLimit limit, SinkMetrics metrics) {
        this.channel = channel;
        this.lanes = lanes;
        this.limit = limit;
        this.metrics = metrics;
        this.idle = new ArrayDeque<>(lanes);
    }

    /** Begins a batch, once a lane is idle, and waits until it takes no more. {@code false} if no other should follow. */
    boolean begin() {
        if (idle.isEmpty()) {
            awaitOldest();
        }
        if (!failed.isEmpty() || inFlight.stream().anyMatch(Underway::hasFailed)) {
            return false;
        }
        Lane lane = idle.remove();
        Batch batch = new Batch(lane, channel, limit.next());
        FutureTask<Integer> delivery = new FutureTask<>(batch);
        inFlight.add(new Underway(lane, batch, delivery));
        lane.thread().execute(delivery);
        return patiently(batch::isFilled) && !interrupted;
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
        Throwable reason = failed.getFirst().reason();
        giveBack();
        if (reason instanceof UndeliveredException undelivered) {
            undelivered.suspect().ifPresent(limit::failed);
            throw undelivered;
        }
        if (reason instanceof Error error) {
            throw error;
        }
        throw new EventDeliveryException("A batch was given back to the channel", reason);
    }

    /** The newest first: so the channel has the events in their order again. */
    private void giveBack() {
        while (!failed.isEmpty()) {
            Failed last = failed.removeLast();
            FutureTask<Void> giveBack =
                    new FutureTask<>(Executors.callable(() -> last.batch().giveBack(last.reason()), null));
            last.lane().thread().execute(giveBack);
            try {
                patiently(giveBack::get);
            } catch (ExecutionException also) {
                last.reason().addSuppressed(also.getCause());
            }
        }
    }

    private void awaitOldest() {
        Underway oldest = inFlight.remove();
        try {
            int count = patiently(oldest.delivery()::get);
            delivered += count;
            limit.delivered(count);
            metrics.addToEventDrainSuccessCount(count);
        } catch (ExecutionException ended) {
            failed.add(new Failed(oldest.lane(), oldest.batch(), Objects.requireNonNull(ended.getCause())));
        }
        count(oldest.batch().size());
        idle.add(oldest.lane());
    }

    private void count(int taken) {
        if (taken == 0) {
            metrics.incrementBatchEmptyCount();
        } else if (limit.isReachedBy(taken)) {
            metrics.incrementBatchCompleteCount();
        } else {
            metrics.incrementBatchUnderflowCount();
        }
    }

    private <T, X extends Exception> T patiently(Wait<T, X> wait) throws X {
        while (true) {
            try {
                return wait.await();
            } catch (InterruptedException stop) {
                interrupted = true;
                lanes.forEach(lane -> lane.thread().interrupt());
            }
        }
    }

    @Override
    public void close() {
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
