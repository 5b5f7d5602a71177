// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import io.flafka.metrics.SinkMetrics;
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
final class BatchDrain implements AutoCloseable {

    /** Long enough that the gap between two turns does not count, short enough for the other sinks of a group. */
    private static final Duration TURN = Duration.ofSeconds(1);

    private final List<Lane> lanes;
    private final BatchLimit limit;
    private final SinkMetrics metrics;

    BatchDrain(int batchSize, List<Lane> lanes, SinkMetrics metrics) {
        this.lanes = List.copyOf(lanes);
        this.limit = new BatchLimit(batchSize);
        this.metrics = metrics;
    }

    /**
     * One batch where there is one lane; with more, as many as the channel fills in a short time. {@code BACKOFF} if the channel is empty.
     *
     * @throws EventDeliveryException if a batch was given back to the channel
     */
    Status drain(Channel channel) throws EventDeliveryException {
        long end = System.nanoTime() + TURN.toNanos();
        try (Turn turn = new Turn(channel, lanes, limit, metrics)) {
            boolean more = true;
            while (more) {
                more = turn.begin() && lanes.size() > 1 && !limit.isCautious() && System.nanoTime() < end;
            }
            return turn.end() == 0 ? Status.BACKOFF : Status.READY;
        }
    }

    /** Ends the lanes' threads within a bound. */
    @Override
    public void close() {
        lanes.forEach(lane -> lane.thread().close());
    }
}
