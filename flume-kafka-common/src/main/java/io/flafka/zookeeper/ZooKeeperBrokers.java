// SPDX-License-Identifier: Apache-2.0
package io.flafka.zookeeper;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The brokers of a cluster, as registered in ZooKeeper.
 *
 * @param zookeeper the address of ZooKeeper, for messages
 * @param brokers the brokers that are up, at least one
 */
record ZooKeeperBrokers(String zookeeper, List<ZooKeeperBroker> brokers) {

    private static final String IDS = "/brokers/ids";

    /**
     * Looks the brokers up.
     *
     * @throws ZooKeeperException if ZooKeeper does not answer, or has no broker
     */
    static ZooKeeperBrokers lookUp(String zookeeper, ZooKeeperReader.Factory factory) throws ZooKeeperException {
        List<ZooKeeperBroker> brokers = new ArrayList<>();
        try (ZooKeeperReader reader = factory.open(zookeeper)) {
            for (String id : reader.children(IDS)) {
                // Empty if the broker has stopped since the list was read.
                Optional<String> registration = reader.text(IDS + "/" + id);
                if (registration.isPresent()) {
                    brokers.add(ZooKeeperBroker.parse(registration.get()));
                }
            }
        }
        if (brokers.isEmpty()) {
            throw new ZooKeeperException(
                    ("ZooKeeper %s has no broker registered in %s (all brokers are down, or the cluster does not use this ZooKeeper,"
                                    + " or the path at the end of zookeeperConnect is missing or wrong)")
                            .formatted(zookeeper, IDS));
        }
        return new ZooKeeperBrokers(zookeeper, brokers);
    }

    /**
     * Returns the brokers' addresses as a value of {@code bootstrap.servers}.
     *
     * @param protocol the client's {@code security.protocol}
     * @throws ZooKeeperException if no broker has a listener for it
     */
    String bootstrapServers(String protocol) throws ZooKeeperException {
        List<String> addresses = brokers.stream()
                .flatMap(broker -> broker.addresses(protocol).stream())
                .toList();
        if (addresses.isEmpty()) {
            throw new ZooKeeperException(
                    "the brokers in ZooKeeper %s have no listener for security.protocol = %s, only for %s"
                            .formatted(zookeeper, protocol, String.join(", ", protocols())));
        }
        return String.join(",", addresses);
    }

    private TreeSet<String> protocols() {
        TreeSet<String> protocols = new TreeSet<>();
        brokers.forEach(broker -> broker.endpoints().forEach(endpoint -> protocols.add(endpoint.protocol())));
        return protocols;
    }
}
