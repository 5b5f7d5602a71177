// SPDX-License-Identifier: Apache-2.0
package io.flafka.event;

/** An event that names a topic which does not exist. It could be written if somebody created the topic. */
public final class MissingTopicException extends UnwritableEventException {

    private static final long serialVersionUID = 1L;

    private final String topic;

    public MissingTopicException(String topic) {
        super("topic %s was not found at the brokers".formatted(topic));
        this.topic = topic;
    }

    /** Returns the topic's name. */
    public String topic() {
        return topic;
    }
}
