// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;

/** The topics that a source reads. {@code toString()} describes them for log lines. */
public sealed interface TopicSubscription {

    /**
     * Subscribes the consumer to these topics. Replaces its previous subscription.
     *
     * @param listener called on the thread that polls the consumer
     */
    void subscribe(Consumer<?, ?> consumer, ConsumerRebalanceListener listener);

    /** Returns whether at least one of the named topics belongs to this subscription. */
    boolean containsAny(Set<String> names);

    /**
     * A list of topics.
     *
     * @param topics the names; at least one
     */
    record Listed(List<String> topics) implements TopicSubscription {

        /** Copies the list. */
        public Listed {
            topics = List.copyOf(topics);
        }

        @Override
        public void subscribe(Consumer<?, ?> consumer, ConsumerRebalanceListener listener) {
            consumer.subscribe(topics, listener);
        }

        @Override
        public boolean containsAny(Set<String> names) {
            return topics.stream().anyMatch(names::contains);
        }

        @Override
        public String toString() {
            return (topics.size() == 1 ? "topic " : "topics ") + String.join(", ", topics);
        }
    }

    /**
     * All topics that match a pattern, also those created later.
     *
     * @param pattern must match the whole name
     */
    record Matching(Pattern pattern) implements TopicSubscription {

        @Override
        public void subscribe(Consumer<?, ?> consumer, ConsumerRebalanceListener listener) {
            consumer.subscribe(pattern, listener);
        }

        @Override
        public boolean containsAny(Set<String> names) {
            return names.stream().anyMatch(pattern.asMatchPredicate());
        }

        @Override
        public String toString() {
            return "topics matching " + pattern;
        }
    }
}
