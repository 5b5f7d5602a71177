// SPDX-License-Identifier: Apache-2.0
package io.flafka.badrecord;

import io.flafka.client.ClientSettings;
import io.flafka.lifecycle.StopGrace;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * The topic for bad records, which is created if it is missing.
 *
 * <p>The new topic accepts records as large as its producer can send. So a record that exceeds the limit of another topic fits into this one.
 *
 * @param name the topic's name
 * @param replicationFactor the replication factor of a new topic; -1 means the brokers' default
 * @param client the settings of the producer that writes to the topic
 * @param admins creates the admin client that looks the topic up
 */
record DeadLetterTopic(
        String name, short replicationFactor, ClientSettings client, Function<ClientSettings, Admin> admins) {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    /** Returns when the topic exists. */
    void require(StopGrace grace) throws ExecutionException, TimeoutException {
        Admin admin = admins.apply(client);
        try {
            if (!exists(admin, grace)) {
                create(admin, grace);
            }
        } finally {
            // Nobody waits for the answers that are still outstanding.
            admin.close(Duration.ZERO);
        }
    }

    private boolean exists(Admin admin, StopGrace grace) throws ExecutionException, TimeoutException {
        try {
            grace.await(admin.describeTopics(List.of(name)).allTopicNames(), TIMEOUT);
            return true;
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof UnknownTopicOrPartitionException) {
                return false;
            }
            throw failed;
        }
    }

    private void create(Admin admin, StopGrace grace) throws ExecutionException, TimeoutException {
        NewTopic topic = new NewTopic(name, 1, replicationFactor)
                .configs(Map.of(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(client.maxRequestSize())));
        try {
            grace.await(admin.createTopics(List.of(topic)).all(), TIMEOUT);
        } catch (ExecutionException failed) {
            // Another component, or a broker that creates topics by itself, may have been faster.
            if (!(failed.getCause() instanceof TopicExistsException)) {
                throw failed;
            }
        }
        // Brokers know a new topic before they can write to it. This answer shows that they can.
        grace.await(
                admin.listOffsets(Map.of(new TopicPartition(name, 0), OffsetSpec.latest()))
                        .all(),
                TIMEOUT);
    }
}
