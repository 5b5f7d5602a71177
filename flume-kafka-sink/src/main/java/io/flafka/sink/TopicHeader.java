// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import io.flafka.config.LogSafeText;
import io.flafka.event.EventHeaders;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The event header that may name the topic, as far as it may. The first name that is not followed is logged, for each reason.
 *
 * <p>For one thread at a time.
 */
final class TopicHeader {

    private static final Logger LOG = LoggerFactory.getLogger(TopicHeader.class);

    private final String sink;
    private final String header;
    private final AllowedTopics allowed;
    private final WayBack wayBack;
    private final Optional<String> ownTopic;
    private boolean reportedOrigin;
    private boolean reportedForbidden;
    private boolean reportedLoop;

    /** Whether an event may go to the topic that a Kafka source has read it from. */
    enum WayBack {
        OPEN,
        CLOSED
    }

    /**
     * Nothing is reported yet.
     *
     * @param sink how messages name the sink
     * @param header its name
     * @param ownTopic where the agent file sends the other events, if it says
     */
    TopicHeader(String sink, String header, AllowedTopics allowed, WayBack wayBack, Optional<String> ownTopic) {
        this.sink = sink;
        this.header = header;
        this.allowed = allowed;
        this.wayBack = wayBack;
        this.ownTopic = ownTopic;
    }

    /** The header's name. */
    String header() {
        return header;
    }

    /** The topic that the event's header names, or null if it names none, or one that it may not name. */
    @Nullable
    String topicOf(Map<String, String> headers) {
        String named = headers.get(header);
        if (named == null) {
            return null;
        }
        if (wayBack == WayBack.CLOSED && named.equals(headers.get(EventHeaders.ORIGIN))) {
            reportOrigin(named);
            return null;
        }
        if (!allowed.contains(named)) {
            reportForbidden(named);
            return null;
        }
        return named;
    }

    /** The event goes to the sink's own topic: the operator hears of it if that is where it comes from. */
    void leftToSink(String topic, Map<String, String> headers) {
        if (wayBack == WayBack.CLOSED && !reportedLoop && topic.equals(headers.get(EventHeaders.ORIGIN))) {
            reportedLoop = true;
            LOG.warn(
                    "KafkaSink {}: kafka.topic is '{}', the topic that a Kafka source has read the event from: an endless loop, unless it is another"
                            + " cluster's; allowTopicOfOrigin = true says that it is (reported once)",
                    sink,
                    LogSafeText.value(topic));
        }
    }

    private void reportOrigin(String named) {
        if (reportedOrigin) {
            return;
        }
        reportedOrigin = true;
        if (ownTopic.isPresent()) {
            LOG.info(
                    "KafkaSink {}: event header '{}' (topicHeader) is '{}', the topic that a Kafka source has read the event from: such events go to"
                            + " kafka.topic; allowTopicOfOrigin = true sends them back (reported once)",
                    sink,
                    header,
                    LogSafeText.value(named));
        } else {
            LOG.warn(
                    "KafkaSink {}: event header '{}' (topicHeader) is '{}', the topic that a Kafka source has read the event from, and kafka.topic is"
                            + " not set: such events of all topics go to '{}'. Set kafka.topic, or allowTopicOfOrigin = true to write each to the"
                            + " topic of its own name, as in another cluster (reported once)",
                    sink,
                    header,
                    LogSafeText.value(named),
                    SinkProperties.TOPIC.defaultText().orElseThrow());
        }
    }

    private void reportForbidden(String named) {
        if (!reportedForbidden) {
            reportedForbidden = true;
            LOG.warn(
                    "KafkaSink {}: event header '{}' (topicHeader) is '{}', which is not among allowedTopics: such events go to kafka.topic"
                            + " (reported once)",
                    sink,
                    header,
                    LogSafeText.value(named));
        }
    }
}
