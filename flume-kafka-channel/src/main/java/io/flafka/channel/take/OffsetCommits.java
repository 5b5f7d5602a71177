// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.take;

import io.flafka.channel.transaction.ChannelFailedException;

/** Who commits the offsets of the events that sinks take. Thread-safe. */
public sealed interface OffsetCommits {

    /** The channel's readers, after the take transactions. */
    record ByReaders() implements OffsetCommits {

        @Override
        public void requireSinks(String channel) {
            throw new ChannelFailedException(
                    ("KafkaChannel %s: was started before its sink asked to commit the offsets (delivery.guarantee = exactly-once); restart the"
                                    + " agent")
                            .formatted(channel));
        }

        @Override
        public void requireTakenOffsets(String channel) {
            // Any sink may take.
        }
    }

    /**
     * The sinks, in the Kafka transactions that write the events. A commit of a reader could arrive after one of a sink, and move the offset back.
     *
     * @param sink a sink that does so, for messages
     */
    record BySinks(String sink) implements OffsetCommits {

        @Override
        public void requireSinks(String channel) {
            // They do.
        }

        @Override
        public void requireTakenOffsets(String channel) {
            throw new ChannelFailedException(
                    ("KafkaChannel %s: gives no events to this sink, because sink %s commits the channel's offsets in its own Kafka transactions"
                                    + " (delivery.guarantee = exactly-once). All sinks of a channel must do so: give this sink a channel of its"
                                    + " own, with another kafka.consumer.group.id if it has the same topic")
                            .formatted(channel, sink));
        }
    }

    /**
     * Checks whether the sinks commit the offsets.
     *
     * @throws ChannelFailedException if not
     */
    void requireSinks(String channel);

    /**
     * Checks whether a sink may take that does not commit the offsets.
     *
     * @throws ChannelFailedException if not
     */
    void requireTakenOffsets(String channel);
}
