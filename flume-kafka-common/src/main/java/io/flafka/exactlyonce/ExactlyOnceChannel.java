// SPDX-License-Identifier: Apache-2.0
package io.flafka.exactlyonce;

import io.flafka.client.TopicBackedChannel;
import java.util.List;

/** A Kafka channel as a component with {@code delivery.guarantee = exactly-once} sees it. Thread-safe. */
public interface ExactlyOnceChannel extends TopicBackedChannel {

    /** Returns what in the channel's settings keeps sinks from committing its offsets: what to write instead, one entry per property. */
    List<String> obstaclesForSinks();

    /**
     * Leaves the commit of all offsets to the sinks from the next start on, until the channel is configured again. The channel then commits none
     * itself, and gives no events to a transaction that has not called {@link #takenOffsets}.
     *
     * @param sink the name of the sink that asks for it, for messages
     */
    void leaveCommitsTo(String sink);

    /** Returns what in the channel's settings keeps it from committing a source's offsets: what to write instead, one entry per property. */
    List<String> obstaclesForSources();

    /**
     * Lets a source commit its offsets in the Kafka transactions that write its events, from the next start on, until the channel is configured again.
     *
     * @param source the name of the source
     */
    void acceptOffsetsOf(String source);

    /**
     * Ends the Kafka transaction that an earlier run of the source may have left open. Until it has ended, Kafka does not give out the source's
     * offsets.
     *
     * @throws org.apache.flume.ChannelException if that is not possible now, or if the channel was started before {@link #acceptOffsetsOf}
     */
    void prepareOffsetsOf(String source);

    /**
     * Commits these offsets together with the next put transaction of this thread, even if that has no event. A commit that fails has committed no
     * offsets either, unless they were told that it was tried.
     */
    void commitWithNextPut(String source, OffsetsToCommit offsets);

    /**
     * Returns the offsets of the events that the open transaction of this thread takes. To call before its first take.
     *
     * @throws org.apache.flume.ChannelException if the channel was started before {@link #leaveCommitsTo}
     */
    OffsetsToCommit takenOffsets();
}
