// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import io.flafka.event.EventHeaders;
import java.util.Map;
import java.util.Optional;

/**
 * The event header that may name the topic, and the topics that it may name.
 *
 * @param name the header's name
 * @param allowedTopics the topics that the header may name
 * @param returnToOrigin whether an event may go back to the topic that a Kafka source read it from
 * @param configuredTopic {@code kafka.topic}, empty if the agent file does not set it
 */
record TopicHeader(
        String name, AllowedTopics allowedTopics, ReturnToOrigin returnToOrigin, Optional<String> configuredTopic) {

    /** Whether an event may go back to the topic that a Kafka source read it from. */
    enum ReturnToOrigin {
        ALLOWED,
        DENIED
    }

    /** Returns whether the event comes from that topic and may not go back to it. */
    boolean deniesReturnTo(String topic, Map<String, String> headers) {
        return returnToOrigin == ReturnToOrigin.DENIED && topic.equals(headers.get(EventHeaders.ORIGIN));
    }
}
