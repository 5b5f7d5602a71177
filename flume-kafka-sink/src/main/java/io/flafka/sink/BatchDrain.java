// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import java.time.Duration;
import java.util.List;
import org.apache.flume.Channel;
import org.apache.flume.EventDeliveryException;
import org.apache.flume.Sink.Status;

/**
 * Moves batches from a channel to Kafka: one in flight for each lane, in the order in which the channel gives the events.
 *
 * <p>For one thread. Guarantee: at least once; nothing is in flight between two calls, so that a failure is told with everything given back, and a sink
 * that is not called holds nothing.
 */
final class BatchDrain {

    /** Long enough that the gap between two turns does not count, short enough for the other sinks of a group. */
    private static final Duration TURN = Duration.ofSeconds(1);

    /** Long enough that the change of threads does not count: a load balancing group should still change sinks after few batches. */
    private static final Duration TURN_OF_ONE_LANE = Duration.ofMillis(10);

    private final List<BatchLane> lanes;
    private final BatchLimit limit;

    BatchDrain(int batchSize, List<BatchLane> lanes) {
        this.lanes = List.copyOf(lanes);
        this.limit = new BatchLimit(batchSize);
    }

    /**
     * With one lane, as many batches as the channel has events for in a short time; with several, as many as it fills. {@code BACKOFF} if the channel is empty.
     *
     * @throws EventDeliveryException if a batch was given back to the channel
     */
    Status drain(Channel channel) throws EventDeliveryException {
        try (DrainCall turn = new DrainCall(channel, lanes, limit)) {
            if (lanes.size() == 1) {
                turn.deliverFor(TURN_OF_ONE_LANE);
            } else {
                fill(turn);
            }
            return turn.end() == 0 ? Status.BACKOFF : Status.READY;
        }
    }

    private void fill(DrainCall turn) throws EventDeliveryException {
        long end = System.nanoTime() + TURN.toNanos();
        boolean more = true;
        while (more) {
            more = turn.beginBatch() && !limit.isCautious() && System.nanoTime() < end;
        }
    }
}
