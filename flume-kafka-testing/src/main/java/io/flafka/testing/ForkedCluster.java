// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Kafka nodes in JVMs of their own: one broker that is its own controller, or several with one dedicated controller,
 * which no test kills. For one thread.
 */
public sealed class ForkedCluster implements KafkaCluster permits ZooKeeperCluster {
    private static final String RUNTIME = "kafka-4.4.0";

    private final TestDirectory directory;
    private final List<? extends ForkedServer> coordinators;
    private final List<KafkaBroker> brokers;

    /** For servers that are not launched yet; the coordinators are what the brokers need: controllers, or a ZooKeeper. */
    ForkedCluster(TestDirectory directory, List<? extends ForkedServer> coordinators, List<KafkaBroker> brokers) {
        this.directory = directory;
        this.coordinators = List.copyOf(coordinators);
        this.brokers = List.copyOf(brokers);
    }

    /** As {@link #start(String, int, Map)}, of the version that is Flafka's kafka-clients'. */
    public static ForkedCluster start(int size, Map<String, String> additions) {
        return start(RUNTIME, size, additions);
    }

    /**
     * Starts a cluster and waits until it serves clients.
     *
     * @param runtime of a Kafka that needs no ZooKeeper
     * @param size number of brokers
     * @param additions server properties over the defaults
     * @throws AssertionError with the end of a broker's log, if it does not start
     */
    public static ForkedCluster start(String runtime, int size, Map<String, String> additions) {
        TestDirectory directory = TestDirectory.create("kafka");
        ForkedCluster cluster =
                size == 1 ? singleNode(runtime, directory, additions) : multiNode(runtime, directory, size, additions);
        cluster.launch();
        return cluster;
    }

    private static ForkedCluster singleNode(String runtime, TestDirectory directory, Map<String, String> additions) {
        int port = FreePort.find();
        Path brokerDirectory = directory.path().resolve("broker");
        Map<String, String> properties = new HashMap<>(NodeProperties.single(brokerDirectory, port, FreePort.find()));
        NodeProperties.add(properties, additions);
        return new ForkedCluster(
                directory, List.of(), List.of(new KafkaBroker(runtime, "Kafka broker", brokerDirectory, port, properties)));
    }

    private static ForkedCluster multiNode(
            String runtime, TestDirectory directory, int size, Map<String, String> additions) {
        int controllerPort = FreePort.find();
        Path controllerDirectory = directory.path().resolve("controller");
        Map<String, String> controllers =
                new HashMap<>(NodeProperties.controller(controllerDirectory, controllerPort, size));
        controllers.putAll(additions);
        List<KafkaBroker> brokers = new ArrayList<>();
        for (int id = 1; id <= size; id++) {
            int port = FreePort.find();
            Path brokerDirectory = directory.path().resolve("broker-" + id);
            Map<String, String> properties = new HashMap<>(NodeProperties.broker(brokerDirectory, id, port, controllerPort, size));
            properties.putAll(additions);
            brokers.add(new KafkaBroker(runtime, "Kafka broker " + id, brokerDirectory, port, properties));
        }
        return new ForkedCluster(
                directory,
                List.of(new KafkaBroker(runtime, "Kafka controller", controllerDirectory, controllerPort, controllers)),
                brokers);
    }

    /** Starts its processes and waits until it serves clients; closes it if it does not start. */
    final void launch() {
        try {
            coordinators.forEach(ForkedServer::launch);
            brokers.forEach(brokers.size() == 1 ? KafkaBroker::launchAsFirst : KafkaBroker::launch);
            brokers.forEach(KafkaBroker::awaitReady);
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    @Override
    public String bootstrapServers() {
        return brokers.stream().map(KafkaBroker::bootstrapServers).collect(Collectors.joining(","));
    }

    @Override
    public int size() {
        return brokers.size();
    }

    /** Where its data and its logs are. */
    Path directory() {
        return directory.path();
    }

    /** The brokers; the one at index {@code i} has node id {@code i + 1}, but 0 where it is its own controller. */
    public List<KafkaBroker> brokers() {
        return brokers;
    }

    /** Kills what runs: the data is thrown away, so nothing is gained by an orderly shutdown. */
    @Override
    public void close() {
        brokers.forEach(KafkaBroker::close);
        coordinators.forEach(ForkedServer::close);
        directory.close();
    }
}
