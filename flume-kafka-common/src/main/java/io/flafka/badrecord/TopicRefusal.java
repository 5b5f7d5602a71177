// SPDX-License-Identifier: Apache-2.0
package io.flafka.badrecord;

import io.flafka.event.MissingTopicException;
import io.flafka.failure.FailureClassifier;
import java.util.Optional;
import org.apache.kafka.common.errors.TopicAuthorizationException;

/**
 * Why a record with which nothing else is wrong cannot be written to its topic. A person can mend that, so nobody should be advised to skip the record.
 *
 * @param problem what is wrong and what to do, as the beginning of a sentence
 * @param remedy what to do, if the flow has stopped there
 */
record TopicRefusal(String problem, String remedy) {

    /** Returns why a bad record cannot be written, if the reason is its topic. */
    static Optional<TopicRefusal> of(BadRecord record) {
        Exception reason = record.reason();
        if (reason instanceof TopicAuthorizationException) {
            return Optional.of(denied(record));
        }
        if (reason instanceof MissingTopicException named) {
            return Optional.of(missing(named.topic()));
        }
        return Optional.of(reason)
                .filter(FailureClassifier::isMissingTopic)
                .map(missing -> missing(record.location().topic().orElse("")));
    }

    /** The record's own message says which right is missing to whom. */
    private static TopicRefusal denied(BadRecord record) {
        return new TopicRefusal(
                "may not write topic %s (%s)"
                        .formatted(record.location().topic().orElse(""), record.message()),
                "nothing is wrong with the record: it is written as soon as that right is granted");
    }

    private static TopicRefusal missing(String topic) {
        return new TopicRefusal(
                "topic %s does not exist (create it, or set allowedTopics so that no event can name it)"
                        .formatted(topic),
                "create topic %s, or set allowedTopics so that no event can name it".formatted(topic));
    }
}
