// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;

/** The topics that a source reads. Its text is for logs. */
public sealed interface TopicSubscription {

    /**
     * Subscribes the consumer to these topics, in place of whatever it was subscribed to.
     *
     * @param listener called on the thread that polls the consumer
     */
    void subscribe(Consumer<?, ?> consumer, ConsumerRebalanceListener listener);

    /** Whether one of these topics, or more, is among those names. */
    boolean isAmong(Set<String> names);

    /**
     * The topics with these names.
     *
     * @param topics at least one
     */
    record Listed(List<String> topics) implements TopicSubscription {

        /** Keeps a copy. */
        public Listed {
            topics = List.copyOf(topics);
        }

        @Override
        public void subscribe(Consumer<?, ?> consumer, ConsumerRebalanceListener listener) {
            consumer.subscribe(topics, listener);
        }

        @Override
        public boolean isAmong(Set<String> names) {
            return topics.stream().anyMatch(names::contains);
        }

        @Override
        public String toString() {
            return (topics.size() == 1 ? "topic " : "topics ") + String.join(", ", topics);
        }
    }

    /**
     * All topics whose whole name matches, also those created later.
     *
     * @param pattern of the name
     */
    record Matching(Pattern pattern) implements TopicSubscription {

        @Override
        public void subscribe(Consumer<?, ?> consumer, ConsumerRebalanceListener listener) {
            consumer.subscribe(pattern, listener);
        }

        @Override
        public boolean isAmong(Set<String> names) {
            return names.stream().anyMatch(pattern.asMatchPredicate());
        }

        @Override
        public String toString() {
            return "topics matching " + pattern;
        }
    }
}
