// SPDX-License-Identifier: Apache-2.0
package io.flafka.badrecord;

import io.flafka.client.ClientSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * The topic for bad records, made if it is missing.
 *
 * <p>It takes records up to the size that its writer can send: what another topic's limit has refused must find room here.
 *
 * @param name of the topic
 * @param replicationFactor if it has to be made; -1 for the brokers' default
 * @param client the settings of its writer
 * @param admins make the client that looks for it
 */
record DeadLetterTopic(
        String name, short replicationFactor, ClientSettings client, Function<ClientSettings, Admin> admins) {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    /** Returns when the topic is there. */
    void require() throws InterruptedException, ExecutionException, TimeoutException {
        Admin admin = admins.apply(client);
        try {
            if (!exists(admin)) {
                create(admin);
            }
        } finally {
            // Whatever it still waits for, nobody else does.
            admin.close(Duration.ZERO);
        }
    }

    private boolean exists(Admin admin) throws InterruptedException, ExecutionException, TimeoutException {
        try {
            await(admin.describeTopics(List.of(name)).allTopicNames());
            return true;
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof UnknownTopicOrPartitionException) {
                return false;
            }
            throw failed;
        }
    }

    private void create(Admin admin) throws InterruptedException, ExecutionException, TimeoutException {
        NewTopic topic = new NewTopic(name, 1, replicationFactor)
                .configs(Map.of(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(client.maxRequestSize())));
        try {
            await(admin.createTopics(List.of(topic)).all());
        } catch (ExecutionException failed) {
            // Another component, or the brokers themselves, may have been faster.
            if (!(failed.getCause() instanceof TopicExistsException)) {
                throw failed;
            }
        }
        // Brokers know a new topic before they can write to it.
        await(admin.listOffsets(Map.of(new TopicPartition(name, 0), OffsetSpec.latest()))
                .all());
    }

    private static <T> void await(KafkaFuture<T> answer)
            throws InterruptedException, ExecutionException, TimeoutException {
        answer.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    }
}
