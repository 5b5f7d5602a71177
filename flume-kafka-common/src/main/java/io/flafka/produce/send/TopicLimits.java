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
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.jspecify.annotations.Nullable;

/**
 * Finds out why a topic refuses records, for error messages: how large they may be, and whether enough replicas are in sync. Asks the brokers when a
 * record was refused, and keeps the answer for 10 s. After brokers that did not answer, it asks about no topic for 10 s: a batch with many topics must not
 * wait for each.
 *
 * <p>Thread-safe. Blocks for 5 s at most. Best effort: it needs the rights to describe the topic and its configuration.
 */
public final class TopicLimits {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    /** Without this limit, closing the client would wait a minute for the answer. */
    private static final DescribeConfigsOptions BOUNDED =
            new DescribeConfigsOptions().timeoutMs((int) TIMEOUT.toMillis());

    private static final DescribeTopicsOptions TOPICS_BOUNDED =
            new DescribeTopicsOptions().timeoutMs((int) TIMEOUT.toMillis());

    private static final Duration MAX_AGE = Duration.ofSeconds(10);

    private final Function<ClientSettings, Admin> admins;
    private final ClientSettings producer;
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    /** What is said of each topic while the brokers do not answer. */
    private volatile @Nullable Answer noAnswer;

    private record Answer(Optional<String> maxMessageBytes, Optional<String> missingReplicas, long nanos) {

        static Answer unknown() {
            return new Answer(Optional.empty(), Optional.empty(), System.nanoTime());
        }
    }

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
        return answer(topic).maxMessageBytes();
    }

    /** Returns which partition of the topic has too few replicas in sync to accept records, if there is one and the brokers answer. */
    Optional<String> missingReplicas(String topic) {
        return answer(topic).missingReplicas();
    }

    private Answer answer(String topic) {
        Answer unknown = noAnswer;
        return unknown != null && isFresh(unknown)
                ? unknown
                : answers.compute(topic, (name, last) -> last != null && isFresh(last) ? last : ask(name));
    }

    private static boolean isFresh(Answer answer) {
        return System.nanoTime() - answer.nanos() < MAX_AGE.toNanos();
    }

    /** If the answer is not known, the error message names the setting without its value. */
    private Answer ask(String topic) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try (Admin admin = admins.apply(producer)) {
            // Both requests are sent before either answer is waited for, so that the wait is bounded once.
            @Nullable
            KafkaFuture<TopicDescription> described = admin.describeTopics(List.of(topic), TOPICS_BOUNDED)
                    .topicNameValues()
                    .get(topic);
            @Nullable
            KafkaFuture<Config> configured =
                    admin.describeConfigs(List.of(resource), BOUNDED).values().get(resource);
            Optional<TopicDescription> description = get(described);
            Optional<Config> settings = get(configured);
            return new Answer(
                    settings.flatMap(known -> value(known, TopicConfig.MAX_MESSAGE_BYTES_CONFIG)),
                    settings.flatMap(known -> value(known, TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG))
                            .map(Integer::valueOf)
                            .flatMap(minimum -> description.flatMap(known -> missing(known, minimum))),
                    System.nanoTime());
        } catch (TimeoutException | KafkaException silent) {
            Answer unknown = Answer.unknown();
            noAnswer = unknown;
            return unknown;
        }
    }

    private static Optional<String> value(Config settings, String name) {
        return Optional.ofNullable(settings.get(name)).map(ConfigEntry::value);
    }

    private static Optional<String> missing(TopicDescription topic, int minimum) {
        return topic.partitions().stream()
                // A broker does not ask for more replicas than the partition has.
                .filter(partition -> partition.isr().size()
                        < Math.min(minimum, partition.replicas().size()))
                .map(partition ->
                        "partition %d of topic %s has %d of %d replicas in sync, and min.insync.replicas is %d"
                                .formatted(
                                        partition.partition(),
                                        topic.name(),
                                        partition.isr().size(),
                                        partition.replicas().size(),
                                        minimum))
                .findFirst();
    }

    /**
     * Returns the answer; empty if this client must not know it, or the thread is interrupted.
     *
     * @throws TimeoutException if the brokers do not answer
     */
    private static <T> Optional<T> get(@Nullable KafkaFuture<T> answer) throws TimeoutException {
        try {
            return answer == null
                    ? Optional.empty()
                    : Optional.ofNullable(answer.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException refused) {
            if (refused.getCause() instanceof org.apache.kafka.common.errors.TimeoutException) {
                throw new TimeoutException(String.valueOf(refused.getMessage()));
            }
            return Optional.empty();
        }
    }
}
