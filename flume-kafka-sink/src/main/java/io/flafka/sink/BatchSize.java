// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import java.util.OptionalInt;
import org.apache.flume.Channel;
import org.apache.flume.conf.TransactionCapacitySupported;
import org.jspecify.annotations.Nullable;

/**
 * The maximum number of events in one batch. If the agent file does not set it, a batch is as large as the channel's transactions may be, but not larger
 * than {@link #LARGEST_DEFAULT}: larger ones are hardly faster, and a kill repeats a whole batch.
 *
 * <p>Immutable.
 *
 * @param configured the number in the agent file; empty if it has none
 */
record BatchSize(OptionalInt configured) {

    /** The largest batch if the agent file sets none. */
    static final int LARGEST_DEFAULT = 1000;

    /** For a channel that does not say how large its transactions may be. Flume's own sink has this default. */
    private static final int DEFAULT = 100;

    /** Returns the number for a channel. Without a channel, which Flume asks for before it sets one, it is what fits any channel. */
    int with(@Nullable Channel channel) {
        if (configured.isPresent()) {
            return configured.getAsInt();
        }
        if (channel instanceof TransactionCapacitySupported limited) {
            return (int) Math.max(1, Math.min(LARGEST_DEFAULT, limited.getTransactionCapacity()));
        }
        return channel == null ? 1 : DEFAULT;
    }
}
