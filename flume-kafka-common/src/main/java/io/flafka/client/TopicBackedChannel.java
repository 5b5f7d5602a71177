// SPDX-License-Identifier: Apache-2.0
package io.flafka.client;

import java.util.Optional;
import org.apache.flume.Channel;

/** A channel that keeps its events in a topic, as a source or sink beside it sees it: neither knows the channel's class. Thread-safe. */
public interface TopicBackedChannel extends Channel {

    /** Where they are, if the channel is configured. */
    Optional<TopicAddress> keepsEventsIn();

    /** Where a channel keeps its events, if that is a topic. */
    static Optional<TopicAddress> topicOf(Channel channel) {
        return channel instanceof TopicBackedChannel kept ? kept.keepsEventsIn() : Optional.empty();
    }
}
