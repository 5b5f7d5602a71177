// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** Tests the consumer's subscription and its description in logs. */
class TopicSubscriptionTest {

    private final MockConsumer<String, byte[]> consumer = new MockConsumer<>("earliest");

    @Test
    void subscribesToTheListedTopics() {
        TopicSubscription topics = new TopicSubscription.Listed(List.of("a", "b"));

        topics.subscribe(consumer, new IgnoringListener());

        assertThat(consumer.subscription()).containsExactlyInAnyOrder("a", "b");
        assertThat(topics).hasToString("topics a, b");
        assertThat(new TopicSubscription.Listed(List.of("a"))).hasToString("topic a");
    }

    @Test
    void subscribesToTheMatchingTopics() {
        TopicSubscription topics = new TopicSubscription.Matching(Pattern.compile("a.*"));
        consumer.updatePartitions("ab", List.of());
        consumer.updatePartitions("b", List.of());

        topics.subscribe(consumer, new IgnoringListener());

        assertThat(consumer.subscription()).containsExactly("ab");
        assertThat(topics).hasToString("topics matching a.*");
    }

    /** Ignores rebalances. */
    private static final class IgnoringListener implements ConsumerRebalanceListener {

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            // Ignored.
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            // Ignored.
        }
    }
}
