// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce.send;

import io.flafka.client.ClientSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.DescribeConfigsOptions;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;

/**
 * How large a record each topic takes, for messages: asks the brokers when one was refused, and remembers it for a minute.
 *
 * <p>Thread-safe. Blocks for 5 s at most. Best effort: it needs the right to describe the topic's configuration.
 */
public final class TopicLimits {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    /** Else closing the client would wait for its answer for a minute. */
    private static final DescribeConfigsOptions BOUNDED =
            new DescribeConfigsOptions().timeoutMs((int) TIMEOUT.toMillis());

    private static final Duration FRESH = Duration.ofMinutes(1);

    private final Function<ClientSettings, Admin> admins;
    private final ClientSettings producer;
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();

    private record Answer(Optional<String> limit, long nanos) {}

    /**
     * Asks nothing yet.
     *
     * @param admins creates the client that asks
     * @param producer the settings of the client whose records are refused
     */
    public TopicLimits(Function<ClientSettings, Admin> admins, ClientSettings producer) {
        this.admins = admins;
        this.producer = producer;
    }

    /** The topic's {@code max.message.bytes}, in bytes, if the brokers say. */
    Optional<String> of(String topic) {
        return answers.compute(topic, (name, last) -> last != null && isFresh(last) ? last : ask(name))
                .limit();
    }

    private static boolean isFresh(Answer answer) {
        return System.nanoTime() - answer.nanos() < FRESH.toNanos();
    }

    private Answer ask(String topic) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try (Admin admin = admins.apply(producer)) {
            Map<ConfigResource, Config> configurations = admin.describeConfigs(List.of(resource), BOUNDED)
                    .all()
                    .get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
            Optional<String> limit = Optional.ofNullable(configurations.get(resource))
                    .map(topicsOwn -> topicsOwn.get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG))
                    .map(ConfigEntry::value);
            return new Answer(limit, System.nanoTime());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException | KafkaException unknown) {
            // The message does without.
        }
        return new Answer(Optional.empty(), System.nanoTime());
    }
}
