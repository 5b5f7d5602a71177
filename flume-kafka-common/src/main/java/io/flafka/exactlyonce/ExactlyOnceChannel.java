// SPDX-License-Identifier: Apache-2.0
package io.flafka.exactlyonce;

import io.flafka.client.TopicBackedChannel;
import java.util.List;

/** A Kafka channel as a component with {@code delivery.guarantee = exactly-once} sees it. Thread-safe. */
public interface ExactlyOnceChannel extends TopicBackedChannel {

    /**
     * Leaves the commit of all offsets to the sinks from the next start on, until the channel is configured again. The channel then commits none
     * itself, and gives no events to a transaction that has not called {@link #takenOffsets}.
     *
     * @param sink the name of the sink that asks for it, for messages
     * @return what in the channel's settings prevents exactly once: what to write instead, one entry per property
     */
    List<String> leaveCommitsTo(String sink);

    /** Returns the offsets of the events that the open transaction of this thread takes. To call before its first take. */
    OffsetsToCommit takenOffsets();
}
