// SPDX-License-Identifier: Apache-2.0
package io.flafka.client;

import java.util.Optional;
import org.apache.flume.Channel;

/** A channel that keeps its events in a topic, as sources and sinks see it: they do not know the channel's class. Thread-safe. */
public interface TopicBackedChannel extends Channel {

    /** Returns the channel's topic; empty before the channel is configured. */
    Optional<TopicAddress> topicAddress();

    /** Returns the topic in which a channel keeps its events, if it does. */
    static Optional<TopicAddress> topicOf(Channel channel) {
        return channel instanceof TopicBackedChannel backed ? backed.topicAddress() : Optional.empty();
    }
}
