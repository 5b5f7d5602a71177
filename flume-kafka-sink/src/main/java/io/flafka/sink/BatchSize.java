// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import java.util.OptionalInt;
import org.apache.flume.Channel;
import org.apache.flume.conf.TransactionCapacitySupported;
import org.jspecify.annotations.Nullable;

/**
 * How many events a batch may have. If the agent file does not say it, a batch has up to 1000 small events, as far as the channel's transactions allow it.
 * Larger events gain nothing from such batches, and would need much memory, so a batch has no more than 100 of them, as with Flume's own sink.
 *
 * <p>Immutable.
 *
 * @param events the maximum number of events
 * @param eventsOfAnySize the number of events that a batch may have if they are large
 */
record BatchSize(int events, int eventsOfAnySize) {

    /** Larger batches of small events are hardly faster, and a kill repeats a whole batch. */
    private static final int MOST_BY_DEFAULT = 1000;
    /** The default of Flume's own sink. Also for a channel that does not say how large its transactions may be. */
    private static final int STOCK_DEFAULT = 100;
    /** As large as a request of Kafka's producer. */
    private static final long ENOUGH_BYTES = 1 << 20;

    /**
     * Returns the size for a channel.
     *
     * @param configured the maximum in the agent file; empty if it has none
     * @param channel null before Flume sets it: Flume asks for a sink's batch size before, and refuses what the channel's transactions cannot hold
     */
    static BatchSize of(OptionalInt configured, @Nullable Channel channel) {
        if (configured.isPresent()) {
            return new BatchSize(configured.getAsInt(), configured.getAsInt());
        }
        int events = Math.toIntExact(Math.max(1, Math.min(MOST_BY_DEFAULT, capacity(channel))));
        return new BatchSize(events, Math.min(STOCK_DEFAULT, events));
    }

    private static long capacity(@Nullable Channel channel) {
        if (channel == null) {
            return 1;
        }
        return channel instanceof TransactionCapacitySupported limited
                ? limited.getTransactionCapacity()
                : STOCK_DEFAULT;
    }

    /**
     * Returns whether a batch takes no more events.
     *
     * @param count the number of its events
     * @param bytes the bytes of their bodies
     */
    boolean isReached(int count, long bytes) {
        return count >= events || (count >= eventsOfAnySize && bytes >= ENOUGH_BYTES);
    }
}
