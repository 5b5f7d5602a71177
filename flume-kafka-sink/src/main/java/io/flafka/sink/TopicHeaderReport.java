// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import io.flafka.config.LogSafeText;
import java.util.EnumSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs that a topic header is not followed, or that events go round in a loop: once per reason.
 *
 * <p>For one thread at a time.
 */
final class TopicHeaderReport {

    private enum Reason {
        NAMES_ORIGIN,
        NOT_ALLOWED,
        LOOP
    }

    private static final Logger LOG = LoggerFactory.getLogger(TopicHeaderReport.class);

    private final String sinkName;
    private final Set<Reason> reported = EnumSet.noneOf(Reason.class);

    TopicHeaderReport(String sinkName) {
        this.sinkName = sinkName;
    }

    /** The header names the topic that the event was read from. */
    void namesOrigin(TopicHeader header, String topic) {
        if (!reported.add(Reason.NAMES_ORIGIN)) {
            return;
        }
        if (header.configuredTopic().isPresent()) {
            LOG.info(
                    "KafkaSink {}: event header '{}' (topicHeader) is '{}', the topic that a Kafka source read the event from. Such events go to"
                            + " kafka.topic; allowTopicOfOrigin = true sends them back (reported once)",
                    sinkName,
                    header.name(),
                    LogSafeText.value(topic));
        } else {
            LOG.warn(
                    "KafkaSink {}: event header '{}' (topicHeader) is '{}', the topic that a Kafka source read the event from, and kafka.topic is"
                            + " not set. Such events of all topics go to '{}'. Set kafka.topic, or set allowTopicOfOrigin = true to write each"
                            + " to the topic of its own name, for example in another cluster (reported once)",
                    sinkName,
                    header.name(),
                    LogSafeText.value(topic),
                    SinkProperties.TOPIC.defaultText().orElseThrow());
        }
    }

    /** The header names a topic that {@code allowedTopics} does not include. */
    void namesTopicNotAllowed(TopicHeader header, String topic) {
        if (reported.add(Reason.NOT_ALLOWED)) {
            LOG.warn(
                    "KafkaSink {}: event header '{}' (topicHeader) is '{}', which allowedTopics does not include. Such events go to kafka.topic;"
                            + " to follow the header, add the topic to allowedTopics (reported once)",
                    sinkName,
                    header.name(),
                    LogSafeText.value(topic));
        }
    }

    /** The event goes to {@code kafka.topic}, and that is the topic that it was read from. */
    void returnsToOrigin(String topic) {
        if (reported.add(Reason.LOOP)) {
            LOG.warn(
                    "KafkaSink {}: kafka.topic is '{}', the topic that a Kafka source read the event from. This is an endless loop, unless the"
                            + " topic is in another cluster: then set allowTopicOfOrigin = true (reported once)",
                    sinkName,
                    LogSafeText.value(topic));
        }
    }
}
