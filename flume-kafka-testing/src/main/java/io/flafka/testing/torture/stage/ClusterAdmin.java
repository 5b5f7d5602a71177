// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture.stage;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.NewPartitionReassignment;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.ElectionType;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.awaitility.Awaitility;

/**
 * What an operator changes in a running cluster: topics, leaders, rights, passwords. Each change is tried again until
 * Kafka accepts it, because a fault may be active meanwhile. For any thread.
 */
public final class ClusterAdmin implements AutoCloseable {
    static final String PASSWORD = "correct horse";

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int ITERATIONS = 4096;
    private static final int TIMEOUT_SECONDS = 15;

    private final Admin admin;
    private final short replicas;

    ClusterAdmin(Brokers brokers) {
        this.admin = Admin.create(Map.of(
                "bootstrap.servers",
                brokers.bootstrapServers(),
                "request.timeout.ms",
                4_000,
                "default.api.timeout.ms",
                12_000));
        this.replicas = (short) brokers.size();
    }

    /** A request that may have to be repeated. */
    private interface Request {
        void send() throws ExecutionException, InterruptedException, TimeoutException;
    }

    /** Creates a topic with a replica on each broker. */
    public void createTopic(String name, int partitions, Map<String, String> settings) {
        until(
                "topic " + name,
                () -> get(admin.createTopics(List.of(new NewTopic(name, partitions, replicas).configs(settings)))
                        .all()));
    }

    /** Deletes a topic and creates it again. */
    public void recreateTopic(String name, int partitions) {
        until("the end of topic " + name, () -> {
            if (get(admin.listTopics().names()).contains(name)) {
                get(admin.deleteTopics(List.of(name)).all());
            }
        });
        createTopic(name, partitions, Map.of());
    }

    /** Adds one partition to a topic. */
    public void addPartition(String topic) {
        until("a partition of " + topic, () -> {
            int count = describe(topic).partitions().size();
            get(admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(count + 1)))
                    .all());
        });
    }

    /** Makes another replica the leader of each partition. */
    public void moveLeaders(String topic) {
        until("leaders of " + topic, () -> {
            Map<TopicPartition, Optional<NewPartitionReassignment>> orders = new HashMap<>();
            for (TopicPartitionInfo partition : describe(topic).partitions()) {
                List<Integer> replicas = new ArrayList<>(
                        partition.replicas().stream().map(Node::id).toList());
                Collections.rotate(replicas, 1);
                orders.put(
                        new TopicPartition(topic, partition.partition()),
                        Optional.of(new NewPartitionReassignment(replicas)));
            }
            get(admin.alterPartitionReassignments(orders).all());
            get(admin.electLeaders(ElectionType.PREFERRED, orders.keySet()).partitions());
        });
    }

    /** Returns the broker that coordinates a group, if one does: its index. */
    public Optional<Integer> coordinator(String group) {
        try {
            return Optional.ofNullable(
                            get(admin.describeConsumerGroups(List.of(group)).all())
                                    .get(group))
                    .map(ConsumerGroupDescription::coordinator)
                    .map(Node::id)
                    .filter(id -> id > 0)
                    .map(id -> id - 1);
        } catch (ExecutionException | TimeoutException unknown) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** Creates a user, or changes the password back to the one that the agents know. */
    public void restorePassword(String user) {
        password(user, PASSWORD);
    }

    /** Changes a user's password. New logins with the one that the agents know fail. */
    public void changePassword(String user) {
        password(user, "battery staple");
    }

    private void password(String user, String password) {
        ScramCredentialInfo info = new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_256, ITERATIONS);
        until(
                "the password of " + user,
                () -> get(
                        admin.alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(user, info, password)))
                                .all()));
    }

    /** Gives a user every right. */
    public void grantAll(String user) {
        Collection<AclBinding> all = new ArrayList<>();
        for (ResourceType type : List.of(ResourceType.TOPIC, ResourceType.GROUP, ResourceType.TRANSACTIONAL_ID)) {
            all.add(binding(type, "*", user, AclOperation.ALL, AclPermissionType.ALLOW));
        }
        all.add(binding(ResourceType.CLUSTER, "kafka-cluster", user, AclOperation.ALL, AclPermissionType.ALLOW));
        until("the rights of " + user, () -> get(admin.createAcls(all).all()));
    }

    /** Takes one right away from a user. */
    public void deny(ResourceType type, String name, String user, AclOperation operation) {
        AclBinding denial = binding(type, name, user, operation, AclPermissionType.DENY);
        until("denial of " + name, () -> get(admin.createAcls(List.of(denial)).all()));
    }

    /** Gives back what {@link #deny} took. */
    public void allow(ResourceType type, String name, String user, AclOperation operation) {
        AclBinding denial = binding(type, name, user, operation, AclPermissionType.DENY);
        until(
                "permission of " + name,
                () -> get(admin.deleteAcls(List.of(denial.toFilter())).all()));
    }

    private static AclBinding binding(
            ResourceType type, String name, String user, AclOperation operation, AclPermissionType permission) {
        return new AclBinding(
                new ResourcePattern(type, name, PatternType.LITERAL),
                new AccessControlEntry("User:" + user, "*", operation, permission));
    }

    private TopicDescription describe(String topic) throws ExecutionException, InterruptedException, TimeoutException {
        Map<String, TopicDescription> all =
                get(admin.describeTopics(List.of(topic)).allTopicNames());
        return all.values().iterator().next();
    }

    private static void until(String what, Request request) {
        Awaitility.await(what)
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(500))
                .ignoreExceptions()
                .until(() -> {
                    request.send();
                    return true;
                });
    }

    private static <T> T get(KafkaFuture<T> future) throws ExecutionException, InterruptedException, TimeoutException {
        return future.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(5));
    }
}
