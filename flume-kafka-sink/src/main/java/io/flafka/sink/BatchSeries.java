// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import io.flafka.lifecycle.WorkThread;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.flume.Channel;

/**
 * The batches that a lane delivers one after the other before it reports: the first, and for a while those that follow it as long as the channel gives
 * events. To wake another thread twice costs as much as some twenty events, so small batches do not do it each.
 *
 * <p>It runs on its lane's thread; the others wait for {@link #delivery}, and ask the rest after its end.
 */
final class BatchSeries implements Runnable {

    private final BatchLane lane;
    private final Channel channel;
    private final BatchLimit limit;
    private final long endNanos;
    private final CompletableFuture<Integer> delivery = new CompletableFuture<>();
    private volatile Batch last;

    /**
     * Begins with its first batch when it runs.
     *
     * @param time after that no other batch follows
     */
    BatchSeries(BatchLane lane, Channel channel, BatchLimit limit, Duration time) {
        this.lane = lane;
        this.channel = channel;
        this.limit = limit;
        this.endNanos = System.nanoTime() + time.toNanos();
        this.last = new Batch(lane, channel, limit);
    }

    @Override
    public void run() {
        try {
            delivery.complete(deliver());
        } catch (DeliveryFailedException | RuntimeException | Error failure) {
            // Whatever it is, a channel of somebody else's may throw it, and the thread that waits has to give the
            // batch back.
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
        return last.hasFollower() && System.nanoTime() < endNanos && !thread.isStopping();
    }

    /** How many events were delivered in all, or why its last batch was not. */
    CompletableFuture<Integer> delivery() {
        return delivery;
    }

    /** The one that runs, or ran last: at the end the only one that can have failed. */
    Batch last() {
        return last;
    }

    BatchLane lane() {
        return lane;
    }
}
