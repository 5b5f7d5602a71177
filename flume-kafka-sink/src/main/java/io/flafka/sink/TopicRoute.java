// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import io.flafka.config.LogSafeText;
import io.flafka.config.TopicName;
import io.flafka.event.UnwritableEventException;
import java.util.Map;
import java.util.Optional;
import org.apache.flume.formatter.output.BucketPath;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the topic of each event: the topic that its header names, if the header may name it, else {@code kafka.topic}.
 *
 * <p>For one thread at a time.
 */
final class TopicRoute {

    private final String topic;
    private final @Nullable TopicHeader header;
    private final TopicHeaderReport report;

    /**
     * Creates the route of one run of the sink.
     *
     * @param sinkName the sink's name in log lines
     * @param topic {@code kafka.topic}; may contain Flume's escapes such as {@code %{host}}, which each event resolves (FLUME-3100)
     * @param header the event header that may name another topic, or none
     */
    TopicRoute(String sinkName, String topic, Optional<TopicHeader> header) {
        this.topic = topic;
        this.header = header.orElse(null);
        this.report = new TopicHeaderReport(sinkName);
    }

    /**
     * Returns the topic for an event with these headers.
     *
     * @throws UnwritableEventException if the headers name no topic
     */
    String topicOf(Map<String, String> headers) {
        if (header == null) {
            return resolvedTopic(headers);
        }
        String named = namedTopic(header, headers);
        if (named != null) {
            return named;
        }
        String resolved = resolvedTopic(headers);
        if (header.deniesReturnTo(resolved, headers)) {
            report.returnsToOrigin(resolved);
        }
        return resolved;
    }

    private @Nullable String namedTopic(TopicHeader mayName, Map<String, String> headers) {
        String named = headers.get(mayName.name());
        if (named == null) {
            return null;
        }
        if (mayName.deniesReturnTo(named, headers)) {
            report.namesOrigin(mayName, named);
            return null;
        }
        if (mayName.allowedTopics().contains(named)) {
            return named;
        }
        if (mayName.allowedTopics().isEveryTopic()) {
            throw notTopic("event header '%s' (topicHeader) is '%s'", mayName.name(), named);
        }
        report.namesTopicNotAllowed(mayName, named);
        return null;
    }

    private String resolvedTopic(Map<String, String> headers) {
        if (topic.indexOf('%') < 0) {
            return topic;
        }
        String resolved = resolve(headers);
        if (!TopicName.isValid(resolved)) {
            throw notTopic("'%s' (kafka.topic) resolves to '%s' for the event", topic, resolved);
        }
        return resolved;
    }

    private String resolve(Map<String, String> headers) {
        try {
            return BucketPath.escapeString(topic, headers);
        } catch (RuntimeException missing) {
            // Flume throws various types, such as NullPointerException for an escape of time without a timestamp.
            throw new UnwritableEventException("'%s' (kafka.topic) cannot be resolved for the event: %s"
                    .formatted(topic, LogSafeText.message(missing.getMessage())));
        }
    }

    /** Kafka's client would repeat such a name in a log line for each request that it sends from then on. */
    private static UnwritableEventException notTopic(String problem, String subject, String name) {
        return new UnwritableEventException(problem.formatted(subject, LogSafeText.value(name))
                + ", which is not a topic name (" + TopicName.RULE + ")");
    }
}
