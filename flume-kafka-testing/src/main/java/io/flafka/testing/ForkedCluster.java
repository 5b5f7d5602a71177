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
public final class ForkedCluster implements KafkaCluster {
    private final TestDirectory directory;
    private final List<KafkaBroker> controllers;
    private final List<KafkaBroker> brokers;

    private ForkedCluster(TestDirectory directory, List<KafkaBroker> controllers, List<KafkaBroker> brokers) {
        this.directory = directory;
        this.controllers = controllers;
        this.brokers = brokers;
    }

    /**
     * Starts a cluster and waits until it serves clients.
     *
     * @param size number of brokers
     * @param additions server properties over the defaults
     * @throws AssertionError with the end of a broker's log, if it does not start
     */
    public static ForkedCluster start(int size, Map<String, String> additions) {
        TestDirectory directory = TestDirectory.create("kafka");
        ForkedCluster cluster = size == 1 ? single(directory, additions) : several(directory, size, additions);
        try {
            cluster.controllers.forEach(KafkaBroker::launch);
            cluster.brokers.forEach(size == 1 ? KafkaBroker::launchAsFirst : KafkaBroker::launch);
            cluster.brokers.forEach(KafkaBroker::awaitReady);
            return cluster;
        } catch (RuntimeException | Error e) {
            cluster.close();
            throw e;
        }
    }

    private static ForkedCluster single(TestDirectory directory, Map<String, String> additions) {
        int port = FreePort.find();
        Path own = directory.path().resolve("broker");
        Map<String, String> properties = new HashMap<>(NodeProperties.single(own, port, FreePort.find()));
        properties.putAll(additions);
        return new ForkedCluster(directory, List.of(), List.of(new KafkaBroker("Kafka broker", own, port, properties)));
    }

    private static ForkedCluster several(TestDirectory directory, int size, Map<String, String> additions) {
        int controllerPort = FreePort.find();
        Path controllersOwn = directory.path().resolve("controller");
        Map<String, String> controllers =
                new HashMap<>(NodeProperties.controller(controllersOwn, controllerPort, size));
        controllers.putAll(additions);
        List<KafkaBroker> brokers = new ArrayList<>();
        for (int id = 1; id <= size; id++) {
            int port = FreePort.find();
            Path own = directory.path().resolve("broker-" + id);
            Map<String, String> properties = new HashMap<>(NodeProperties.broker(own, id, port, controllerPort, size));
            properties.putAll(additions);
            brokers.add(new KafkaBroker("Kafka broker " + id, own, port, properties));
        }
        return new ForkedCluster(
                directory,
                List.of(new KafkaBroker("Kafka controller", controllersOwn, controllerPort, controllers)),
                List.copyOf(brokers));
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

    /** The brokers; the one at index {@code i} has node id {@code i + 1} where there are several, else 0. */
    public List<KafkaBroker> brokers() {
        return brokers;
    }

    /** Kills what runs: the data is thrown away, so nothing is gained by an orderly shutdown. */
    @Override
    public void close() {
        brokers.forEach(KafkaBroker::close);
        controllers.forEach(KafkaBroker::close);
        directory.close();
    }
}
