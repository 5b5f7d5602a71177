// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import io.flafka.event.UnwritableEventException;
import java.util.Map;
import java.util.Optional;
import org.apache.flume.formatter.output.BucketPath;

/**
 * Which topic an event goes to: the one its header names, if it may, else the sink's, with Flume's escapes filled in from the event.
 *
 * @param topic the sink's topic; may contain Flume's escapes such as {@code %{host}} (FLUME-3100)
 * @param header the event header that may name another topic, or none
 */
record TopicRoute(String topic, Optional<TopicHeader> header) {

    /**
     * The topic for an event with these headers.
     *
     * @throws UnwritableEventException if the headers do not make one
     */
    String topicOf(Map<String, String> headers) {
        String named = header.isPresent() ? header.get().topicOf(headers) : null;
        if (named != null) {
            return requireName(
                    named, "event header '%s' (topicHeader)", header.get().header());
        }
        String own = topic.indexOf('%') < 0
                ? topic
                : requireName(filledIn(headers), "'%s' (kafka.topic), filled in from the event,", topic);
        if (header.isPresent()) {
            header.get().leftToSink(own, headers);
        }
        return own;
    }

    private String filledIn(Map<String, String> headers) {
        try {
            return BucketPath.escapeString(topic, headers);
        } catch (RuntimeException missing) {
            // Flume throws whatever comes to it, such as NullPointerException for an escape of time without a
            // timestamp.
            throw new UnwritableEventException(
                    "'%s' (kafka.topic) cannot be filled in from the event: %s".formatted(topic, missing.getMessage()));
        }
    }

    /** Kafka itself judges the name; it has no words for one that is empty. */
    private static String requireName(String name, String origin, String what) {
        if (name.isBlank()) {
            throw new UnwritableEventException(origin.formatted(what) + " is empty, which is no topic's name");
        }
        return name;
    }
}
