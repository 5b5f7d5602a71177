// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Brokers of an old Kafka that keep their cluster in ZooKeeper, below a chroot path as is common. A killed broker,
 * unlike a stopped one, cannot start again until its session expires, after 4 seconds. For one thread.
 */
public final class ZooKeeperCluster extends ForkedCluster {
    private static final String CHROOT = "/kafka";

    private final ZooKeeperNode zookeeper;

    private ZooKeeperCluster(TestDirectory directory, ZooKeeperNode zookeeper, List<KafkaBroker> brokers) {
        super(directory, List.of(zookeeper), brokers);
        this.zookeeper = zookeeper;
    }

    /**
     * Starts a cluster and waits until it serves clients.
     *
     * @param runtime the runtime of a Kafka version with ZooKeeper, such as {@code kafka-2.8.2}
     * @param size the number of brokers
     * @param additions server properties that override the defaults
     * @throws AssertionError with the end of a broker's log, if that broker does not start
     */
    public static ZooKeeperCluster startWithZooKeeper(String runtime, int size, Map<String, String> additions) {
        TestDirectory directory = TestDirectory.create("kafka");
        ZooKeeperNode zookeeper = new ZooKeeperNode(runtime, directory.path().resolve("zookeeper"), FreePort.find());
        List<KafkaBroker> brokers = new ArrayList<>();
        for (int id = 1; id <= size; id++) {
            int port = FreePort.find();
            Path brokerDirectory = directory.path().resolve("broker-" + id);
            Map<String, String> properties = new HashMap<>(
                    NodeProperties.brokerOfZooKeeper(brokerDirectory, id, port, zookeeper.address() + CHROOT, size));
            properties.putAll(additions);
            brokers.add(new KafkaBroker(runtime, "Kafka broker " + id, brokerDirectory, port, properties));
        }
        ZooKeeperCluster cluster = new ZooKeeperCluster(directory, zookeeper, brokers);
        cluster.launch();
        return cluster;
    }

    /** Returns the ZooKeeper, which the test may kill, freeze or restart. */
    public ZooKeeperNode zookeeper() {
        return zookeeper;
    }

    /** Returns the value of {@code zookeeperConnect}: address and path. */
    public String zookeeperConnect() {
        return zookeeper.address() + CHROOT;
    }
}
