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
 * Finds out how large the records of a topic may be, for error messages. Asks the brokers when a record was refused, and keeps the answer for a
 * minute.
 *
 * <p>Thread-safe. Blocks for 5 s at most. Best effort: it needs the right to describe the topic's configuration.
 */
public final class TopicLimits {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    /** Without this limit, closing the client would wait a minute for the answer. */
    private static final DescribeConfigsOptions BOUNDED =
            new DescribeConfigsOptions().timeoutMs((int) TIMEOUT.toMillis());

    private static final Duration MAX_AGE = Duration.ofMinutes(1);

    private final Function<ClientSettings, Admin> admins;
    private final ClientSettings producer;
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();

    private record Answer(Optional<String> limit, long nanos) {}

    /**
     * Sends no request yet.
     *
     * @param admins creates the client that asks
     * @param producer the settings of the client whose records are refused
     */
    public TopicLimits(Function<ClientSettings, Admin> admins, ClientSettings producer) {
        this.admins = admins;
        this.producer = producer;
    }

    /** Returns the topic's {@code max.message.bytes}, if the brokers answer. */
    Optional<String> maxMessageBytes(String topic) {
        return answers.compute(topic, (name, last) -> last != null && isFresh(last) ? last : ask(name))
                .limit();
    }

    private static boolean isFresh(Answer answer) {
        return System.nanoTime() - answer.nanos() < MAX_AGE.toNanos();
    }

    private Answer ask(String topic) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try (Admin admin = admins.apply(producer)) {
            Map<ConfigResource, Config> configurations = admin.describeConfigs(List.of(resource), BOUNDED)
                    .all()
                    .get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
            Optional<String> limit = Optional.ofNullable(configurations.get(resource))
                    .map(configuration -> configuration.get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG))
                    .map(ConfigEntry::value);
            return new Answer(limit, System.nanoTime());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException | KafkaException unknown) {
            // The error message then names the setting without its value.
        }
        return new Answer(Optional.empty(), System.nanoTime());
    }
}
