// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Brokers of an old Kafka whose cluster is kept in a ZooKeeper, below a path as it often is there. A killed broker, unlike
 * a stopped one, cannot be started again before its session has ended, after 4 seconds. For one thread.
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
     * @param runtime of a Kafka that brings a ZooKeeper, such as {@code kafka-2.8.2}
     * @param size number of brokers
     * @param additions server properties over the defaults
     * @throws AssertionError with the end of a broker's log, if it does not start
     */
    public static ZooKeeperCluster startWithZooKeeper(String runtime, int size, Map<String, String> additions) {
        TestDirectory directory = TestDirectory.create("kafka");
        ZooKeeperNode zookeeper = new ZooKeeperNode(runtime, directory.path().resolve("zookeeper"), FreePort.find());
        List<KafkaBroker> brokers = new ArrayList<>();
        for (int id = 1; id <= size; id++) {
            int port = FreePort.find();
            Path brokerDirectory = directory.path().resolve("broker-" + id);
            Map<String, String> properties =
                    new HashMap<>(NodeProperties.brokerOfZooKeeper(brokerDirectory, id, port, zookeeper.address() + CHROOT, size));
            properties.putAll(additions);
            brokers.add(new KafkaBroker(runtime, "Kafka broker " + id, brokerDirectory, port, properties));
        }
        ZooKeeperCluster cluster = new ZooKeeperCluster(directory, zookeeper, brokers);
        cluster.launch();
        return cluster;
    }

    /** The ZooKeeper, to be killed, frozen or restarted. */
    public ZooKeeperNode zookeeper() {
        return zookeeper;
    }

    /** What {@code zookeeperConnect} takes: address and path. */
    public String zookeeperConnect() {
        return zookeeper.address() + CHROOT;
    }
}
