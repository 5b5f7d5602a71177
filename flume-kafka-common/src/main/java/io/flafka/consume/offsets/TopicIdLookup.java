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
 * Asks the brokers for the ids of topics. A topic that was deleted and recreated has another id. Kafka's consumer knows these ids, but has no method
 * that returns them.
 *
 * <p>For one thread, which waits for at most 5 s. Best effort. Each lookup creates and closes an admin client: lookups are rare, and a client takes
 * memory.
 */
final class TopicIdLookup {

    private static final Logger LOG = LoggerFactory.getLogger(TopicIdLookup.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    /** Without this timeout, closing the client would wait for the answer for a minute. */
    private static final DescribeTopicsOptions OPTIONS =
            new DescribeTopicsOptions().timeoutMs((int) TIMEOUT.toMillis());

    private final String component;
    private final Function<ClientSettings, Admin> admins;
    private final ClientSettings client;
    private boolean reported;

    /**
     * Creates the lookup; sends no request yet.
     *
     * @param component the component's kind and name, as messages show them
     * @param admins creates the admin clients
     * @param client the settings of the consumer that reads the topics
     */
    TopicIdLookup(String component, Function<ClientSettings, Admin> admins, ClientSettings client) {
        this.component = component;
        this.admins = admins;
        this.client = client;
    }

    /** Returns the id of each topic. Leaves out topics without a known id: brokers before 2.8 have none. */
    Map<String, String> idsOf(Set<String> topics) {
        Map<String, String> ids = new HashMap<>();
        if (topics.isEmpty()) {
            return ids;
        }
        try (Admin admin = admins.apply(client)) {
            long deadline = System.nanoTime() + TIMEOUT.toNanos();
            for (Map.Entry<String, KafkaFuture<TopicDescription>> answer :
                    admin.describeTopics(topics, OPTIONS).topicNameValues().entrySet()) {
                add(answer.getKey(), answer.getValue(), Math.max(0, deadline - System.nanoTime()), ids);
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } catch (KafkaException unknown) {
            reportUnknown(topics, unknown);
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
            reportUnknown(Set.of(topic), unknown);
        }
    }

    private void reportUnknown(Set<String> topics, Exception failure) {
        if (!reported) {
            reported = true;
            LOG.debug("{}: continues without the ids of topics {}: {}", component, topics, failure.toString());
        }
    }
}
