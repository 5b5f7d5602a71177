// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import io.flafka.lifecycle.WorkThread;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.flume.Channel;

/**
 * The batches that a lane delivers one after the other before it hands its result to Flume's thread. More batches follow the first one for a short
 * time while the channel has events: two changes of threads cost as much as about twenty events, too much for each small batch.
 *
 * <p>Runs on the thread of its lane. Other threads wait for {@link #delivery}, and call {@link #last} for more only after that.
 */
final class BatchSeries implements Runnable {

    private final BatchLane lane;
    private final Channel channel;
    private final BatchLimit limit;
    private final long endNanos;
    private final CompletableFuture<Integer> delivery = new CompletableFuture<>();
    private volatile Batch last;

    /**
     * Creates the series with its first batch. Nothing is taken before {@link #run}.
     *
     * @param duration no batch but the first begins after that time
     */
    BatchSeries(BatchLane lane, Channel channel, BatchLimit limit, Duration duration) {
        this.lane = lane;
        this.channel = channel;
        this.limit = limit;
        this.endNanos = System.nanoTime() + duration.toNanos();
        this.last = new Batch(lane, channel, limit);
    }

    @Override
    public void run() {
        try {
            delivery.complete(deliver());
        } catch (DeliveryFailedException | RuntimeException | Error failure) {
            // A third party's channel may throw anything, and the waiting thread must roll the batch back.
            delivery.completeExceptionally(failure);
        }
    }

    private int deliver() throws DeliveryFailedException {
        int events = 0;
        while (true) {
            last.deliver();
            events += last.events().size();
            if (!mayGoOn()) {
                return events;
            }
            last = new Batch(lane, channel, limit);
        }
    }

    private boolean mayGoOn() {
        WorkThread thread = lane.thread();
        return last.mayBeFollowed() && System.nanoTime() < endNanos && !thread.isStopping();
    }

    /** Completes with the number of events that all batches delivered, or with the failure of the last batch. */
    CompletableFuture<Integer> delivery() {
        return delivery;
    }

    /** Returns the batch that is running or ran last. After the end it is the only one that can have failed. */
    Batch last() {
        return last;
    }

    BatchLane lane() {
        return lane;
    }
}
