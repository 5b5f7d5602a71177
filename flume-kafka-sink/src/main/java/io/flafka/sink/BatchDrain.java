// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import java.time.Duration;
import java.util.List;
import org.apache.flume.Channel;
import org.apache.flume.EventDeliveryException;
import org.apache.flume.Sink.Status;

/**
 * Moves batches from a channel to Kafka in the channel's order, with at most one batch in flight per lane.
 *
 * <p>For one thread. Guarantee: at least once. Between two calls nothing is in flight. So a failed call has rolled back everything that is not
 * delivered, and a sink that Flume does not call holds no events.
 */
final class BatchDrain {

    /** Long enough that the gap between two calls does not count, short enough for the other sinks of a group. */
    private static final Duration MAX_DURATION = Duration.ofSeconds(1);

    /** Long enough that the change of threads does not count. A load balancing group should still change sinks after a few batches. */
    private static final Duration MAX_DURATION_OF_ONE_LANE = Duration.ofMillis(10);

    private final List<BatchLane> lanes;
    private final BatchLimit limit;

    BatchDrain(BatchSize batchSize, List<BatchLane> lanes) {
        this.lanes = List.copyOf(lanes);
        this.limit = new BatchLimit(batchSize);
    }

    /**
     * Delivers batches until the channel is empty, a batch fails, or the time is up. With several lanes it also ends after a batch that is not full.
     *
     * @return {@code BACKOFF} if no event was delivered
     * @throws EventDeliveryException if a batch was rolled back to the channel
     */
    Status drain(Channel channel) throws EventDeliveryException {
        try (DrainCall call = new DrainCall(channel, lanes, limit)) {
            if (lanes.size() == 1) {
                call.beginSeries(MAX_DURATION_OF_ONE_LANE);
            } else {
                fillLanes(call);
            }
            return call.awaitAll() == 0 ? Status.BACKOFF : Status.READY;
        }
    }

    private void fillLanes(DrainCall call) throws EventDeliveryException {
        long end = System.nanoTime() + MAX_DURATION.toNanos();
        boolean mayHaveMore = true;
        while (mayHaveMore) {
            mayHaveMore = call.beginBatch() && !limit.hasSuspect() && System.nanoTime() < end;
        }
    }
}
