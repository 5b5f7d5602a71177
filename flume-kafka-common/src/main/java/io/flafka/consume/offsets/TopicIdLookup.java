// SPDX-License-Identifier: Apache-2.0
package io.flafka.consume.offsets;

import io.flafka.client.ClientSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Uuid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the brokers for the ids of topics: a topic that was deleted and made anew has another one. Kafka's consumer knows them and does not tell.
 *
 * <p>For one thread, which waits for at most 5 s. Best effort. The client lives for one question: these are rare, and it takes memory.
 */
final class TopicIdLookup {

    private static final Logger LOG = LoggerFactory.getLogger(TopicIdLookup.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    /** Else closing the client would wait for its answer for a minute. */
    private static final DescribeTopicsOptions BOUNDED =
            new DescribeTopicsOptions().timeoutMs((int) TIMEOUT.toMillis());

    private final String component;
    private final Function<ClientSettings, Admin> admins;
    private final ClientSettings client;
    private boolean reported;

    /**
     * Asks nothing yet.
     *
     * @param component how messages name the component
     * @param client the settings of the consumer that reads the topics
     */
    TopicIdLookup(String component, Function<ClientSettings, Admin> admins, ClientSettings client) {
        this.component = component;
        this.admins = admins;
        this.client = client;
    }

    /** By topic; without those whose id is not to be had, as from brokers before 2.8. */
    Map<String, String> of(Set<String> topics) {
        Map<String, String> ids = new HashMap<>();
        if (topics.isEmpty()) {
            return ids;
        }
        try (Admin admin = admins.apply(client)) {
            long end = System.nanoTime() + TIMEOUT.toNanos();
            for (Map.Entry<String, KafkaFuture<TopicDescription>> answer :
                    admin.describeTopics(topics, BOUNDED).topicNameValues().entrySet()) {
                add(answer.getKey(), answer.getValue(), Math.max(0, end - System.nanoTime()), ids);
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } catch (KafkaException unknown) {
            without(topics, unknown);
        }
        return ids;
    }

    private void add(String topic, KafkaFuture<TopicDescription> answer, long nanos, Map<String, String> ids)
            throws InterruptedException {
        try {
            Uuid id = answer.get(nanos, TimeUnit.NANOSECONDS).topicId();
            if (!Uuid.ZERO_UUID.equals(id)) {
                ids.put(topic, id.toString());
            }
        } catch (ExecutionException | TimeoutException unknown) {
            without(Set.of(topic), unknown);
        }
    }

    private void without(Set<String> topics, Exception unknown) {
        if (!reported) {
            reported = true;
            LOG.debug("{}: goes on without the ids of topics {}: {}", component, topics, unknown.toString());
        }
    }
}
