// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import java.util.Map;
import java.util.Optional;
import org.apache.flume.formatter.output.BucketPath;

/**
 * Which topic an event goes to: the one its header names, else the sink's, with Flume's escapes filled in from the event.
 *
 * @param topic the sink's topic; may contain Flume's escapes such as {@code %{host}} (FLUME-3100)
 * @param header the event header that may name another topic, or none
 */
record TopicRoute(String topic, Optional<String> header) {

    String topicOf(Map<String, String> headers) {
        String named = header.map(headers::get).orElse(null);
        if (named != null) {
            return named;
        }
        return topic.indexOf('%') < 0 ? topic : BucketPath.escapeString(topic, headers);
    }
}
