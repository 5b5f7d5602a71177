// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** The server properties of a test cluster's nodes: loopback only, small, quick to start and to fail over. */
final class NodeProperties {
    private static final int CONTROLLER_ID = 0;
    private static final String LOOPBACK = "127.0.0.1";
    private static final String LISTENER = "flafka.listener.";

    private NodeProperties() {}

    /** Returns the properties of a node that is broker and controller. */
    static Map<String, String> single(Path directory, int port, int controllerPort) {
        Map<String, String> properties = withController(directory, CONTROLLER_ID, controllerPort);
        properties.put("process.roles", "broker,controller");
        properties.put("listeners", client(port) + "," + controller(controllerPort));
        properties.put("advertised.listeners", client(port));
        properties.putAll(replication(1));
        return properties;
    }

    /** Returns the properties of the only controller of several brokers. */
    static Map<String, String> controller(Path directory, int controllerPort, int brokers) {
        Map<String, String> properties = withController(directory, CONTROLLER_ID, controllerPort);
        properties.put("process.roles", "controller");
        properties.put("listeners", controller(controllerPort));
        properties.putAll(replication(brokers));
        return properties;
    }

    /** Returns the properties of one of several brokers; ids start at 1. */
    static Map<String, String> broker(Path directory, int id, int port, int controllerPort, int brokers) {
        Map<String, String> properties = withController(directory, id, controllerPort);
        properties.put("process.roles", "broker");
        properties.put("listeners", client(port));
        properties.put("advertised.listeners", client(port));
        properties.putAll(replication(brokers));
        return properties;
    }

    /** Same as {@link #broker}, for a cluster in ZooKeeper. */
    static Map<String, String> brokerOfZooKeeper(Path directory, int id, int port, String connect, int brokers) {
        Map<String, String> properties = common(directory);
        properties.put("broker.id", Integer.toString(id));
        properties.put("zookeeper.connect", connect);
        // A dead broker is detected within seconds.
        properties.put("zookeeper.session.timeout.ms", "4000");
        // The brokers of a test cluster start together with their ZooKeeper.
        properties.put("zookeeper.connection.timeout.ms", "60000");
        properties.put("listeners", client(port));
        properties.putAll(replication(brokers));
        return properties;
    }

    /** Adds properties, which override the defaults. A name from {@link #listener} adds a listener for clients. */
    static void add(Map<String, String> properties, Map<String, String> additions) {
        additions.forEach((name, value) -> {
            if (name.startsWith(LISTENER)) {
                String[] parts = name.substring(LISTENER.length()).split(":", 2);
                int port = Integer.parseInt(value);
                new ClientListener(parts[0], parts[parts.length - 1], port, port).addTo(properties);
            } else {
                properties.put(name, value);
            }
        });
    }

    /**
     * Returns the name of the property that adds a listener. The property's value is the port.
     *
     * @param securityProtocol the protocol, which is also the listener's name, or name:protocol
     */
    static String listener(String securityProtocol) {
        return LISTENER + securityProtocol;
    }

    /** Returns the address that a client connects to. */
    static String bootstrap(int port) {
        return LOOPBACK + ":" + port;
    }

    private static String client(int port) {
        return "PLAINTEXT://" + bootstrap(port);
    }

    private static String controller(int port) {
        return "CONTROLLER://" + bootstrap(port);
    }

    private static Map<String, String> withController(Path directory, int id, int controllerPort) {
        Map<String, String> properties = common(directory);
        properties.put("node.id", Integer.toString(id));
        properties.put("controller.quorum.voters", CONTROLLER_ID + "@" + bootstrap(controllerPort));
        properties.put("controller.listener.names", "CONTROLLER");
        properties.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        // A dead broker is detected within seconds.
        properties.put("broker.session.timeout.ms", "4000");
        properties.put("broker.heartbeat.interval.ms", "500");
        // The members of a group quickly learn that another one has joined or left.
        properties.put("group.consumer.min.heartbeat.interval.ms", "500");
        properties.put("group.consumer.heartbeat.interval.ms", "500");
        properties.put("share.coordinator.state.topic.num.partitions", "1");
        return properties;
    }

    private static Map<String, String> common(Path directory) {
        Map<String, String> properties = new TreeMap<>();
        properties.put("log.dirs", directory.resolve("data").toString());
        // A test that forgets to create its topic fails, as it would with most operators' brokers.
        properties.put("auto.create.topics.enable", "false");
        // Records with old timestamps stay: a test's dates do not move with the calendar.
        properties.put("log.retention.ms", "-1");
        // A follower does not wait half a minute for a frozen leader.
        properties.put("replica.socket.timeout.ms", "2000");
        properties.put("replica.lag.time.max.ms", "5000");
        // The first member of a group does not wait for others.
        properties.put("group.initial.rebalance.delay.ms", "0");
        // Little memory and few threads: Kafka's defaults are for a dedicated machine.
        properties.put("log.cleaner.dedupe.buffer.size", "2097152");
        properties.put("num.network.threads", "2");
        properties.put("num.io.threads", "4");
        properties.put("background.threads", "2");
        properties.put("offsets.topic.num.partitions", "2");
        properties.put("transaction.state.log.num.partitions", "2");
        return properties;
    }

    private static Map<String, String> replication(int brokers) {
        String replicas = Integer.toString(Math.min(3, brokers));
        // With three replicas one may be down and acks=all still succeeds.
        String inSync = Integer.toString(brokers < 3 ? 1 : 2);
        return Map.of(
                "default.replication.factor", replicas,
                "offsets.topic.replication.factor", replicas,
                "transaction.state.log.replication.factor", replicas,
                "share.coordinator.state.topic.replication.factor", replicas,
                "min.insync.replicas", inSync,
                "transaction.state.log.min.isr", inSync,
                "share.coordinator.state.topic.min.isr", inSync);
    }
}
