// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Kafka nodes in forked JVMs: one node that is broker and controller, or several brokers with one dedicated controller,
 * which no test kills. For one thread.
 */
public sealed class ForkedCluster implements KafkaCluster permits ZooKeeperCluster {
    private static final String RUNTIME = "kafka-4.4.0";

    private final TestDirectory directory;
    private final List<? extends ForkedServer> coordinators;
    private final List<KafkaBroker> brokers;

    /**
     * Takes servers that are not launched yet. The coordinators are what the brokers need: a controller or a ZooKeeper.
     */
    ForkedCluster(TestDirectory directory, List<? extends ForkedServer> coordinators, List<KafkaBroker> brokers) {
        this.directory = directory;
        this.coordinators = List.copyOf(coordinators);
        this.brokers = List.copyOf(brokers);
    }

    /** Same as {@link #start(String, int, Map)}, with the Kafka version of Flafka's kafka-clients. */
    public static ForkedCluster start(int size, Map<String, String> additions) {
        return start(RUNTIME, size, additions);
    }

    /**
     * Starts a cluster and waits until it serves clients.
     *
     * @param runtime the runtime of a Kafka version that needs no ZooKeeper
     * @param size the number of brokers
     * @param additions server properties that override the defaults
     * @throws AssertionError with the end of a broker's log, if that broker does not start
     */
    public static ForkedCluster start(String runtime, int size, Map<String, String> additions) {
        TestDirectory directory = TestDirectory.create("kafka");
        ForkedCluster cluster = size == 1
                ? singleNode(runtime, directory, additions)
                : multiNode(runtime, directory, Collections.nCopies(size, List.of()), additions);
        cluster.launch();
        return cluster;
    }

    /**
     * Starts a single broker that has further listeners, and waits until it serves clients.
     *
     * @param additions server properties that override the defaults
     */
    public static ForkedCluster startOne(Map<String, String> additions, List<ClientListener> listeners) {
        Map<String, String> all = new HashMap<>(additions);
        listeners.forEach(listener -> all.put(
                NodeProperties.listener(listener.name() + ":" + listener.protocol()),
                Integer.toString(listener.port())));
        return start(1, all);
    }

    /**
     * Starts several brokers that have further listeners, and waits until they serve clients.
     *
     * @param additions server properties that override the defaults
     * @param listeners for each broker its further listeners
     */
    public static ForkedCluster start(Map<String, String> additions, List<List<ClientListener>> listeners) {
        ForkedCluster cluster = multiNode(RUNTIME, TestDirectory.create("kafka"), listeners, additions);
        cluster.launch();
        return cluster;
    }

    private static ForkedCluster singleNode(String runtime, TestDirectory directory, Map<String, String> additions) {
        int port = FreePort.find();
        Path brokerDirectory = directory.path().resolve("broker");
        Map<String, String> properties = new HashMap<>(NodeProperties.single(brokerDirectory, port, FreePort.find()));
        NodeProperties.add(properties, additions);
        return new ForkedCluster(
                directory,
                List.of(),
                List.of(new KafkaBroker(runtime, "Kafka broker", brokerDirectory, port, properties)));
    }

    private static ForkedCluster multiNode(
            String runtime,
            TestDirectory directory,
            List<List<ClientListener>> listeners,
            Map<String, String> additions) {
        int size = listeners.size();
        int controllerPort = FreePort.find();
        Path controllerDirectory = directory.path().resolve("controller");
        Map<String, String> controllers =
                new HashMap<>(NodeProperties.controller(controllerDirectory, controllerPort, size));
        controllers.putAll(additions);
        List<KafkaBroker> brokers = new ArrayList<>();
        for (int id = 1; id <= size; id++) {
            int port = FreePort.find();
            Path brokerDirectory = directory.path().resolve("broker-" + id);
            Map<String, String> properties =
                    new HashMap<>(NodeProperties.broker(brokerDirectory, id, port, controllerPort, size));
            properties.putAll(additions);
            listeners.get(id - 1).forEach(listener -> listener.addTo(properties));
            brokers.add(new KafkaBroker(runtime, "Kafka broker " + id, brokerDirectory, port, properties));
        }
        return new ForkedCluster(
                directory,
                List.of(new KafkaBroker(runtime, "Kafka controller", controllerDirectory, controllerPort, controllers)),
                brokers);
    }

    /** Starts the processes and waits until they serve clients. Closes the cluster if the start fails. */
    final void launch() {
        try {
            coordinators.forEach(ForkedServer::launch);
            brokers.forEach(brokers.size() == 1 ? KafkaBroker::launchToWriteArchive : KafkaBroker::launch);
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

    /** Returns the directory of its data and logs. */
    Path directory() {
        return directory.path();
    }

    /** Returns the brokers. The broker at index {@code i} has node id {@code i + 1}; a single broker has node id 0. */
    public List<KafkaBroker> brokers() {
        return brokers;
    }

    /** Kills the running processes. The data is deleted, so an orderly shutdown would gain nothing. */
    @Override
    public void close() {
        brokers.forEach(KafkaBroker::close);
        coordinators.forEach(ForkedServer::close);
        directory.close();
    }
}
