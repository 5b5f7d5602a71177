// SPDX-License-Identifier: Apache-2.0
package io.flafka.zookeeper;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The brokers of a cluster that ZooKeeper keeps.
 *
 * @param zookeeper its address, for messages
 * @param brokers those that are alive, at least one
 */
record ZooKeeperBrokers(String zookeeper, List<ZooKeeperBroker> brokers) {

    private static final String IDS = "/brokers/ids";

    /**
     * Looks them up.
     *
     * @throws ZooKeeperException also if there are none
     */
    static ZooKeeperBrokers in(String zookeeper, ZooKeeperReader.Factory factory) throws ZooKeeperException {
        List<ZooKeeperBroker> brokers = new ArrayList<>();
        try (ZooKeeperReader reader = factory.open(zookeeper)) {
            for (String id : reader.children(IDS)) {
                // A broker that has ended since is not there any more.
                Optional<String> registration = reader.text(IDS + "/" + id);
                if (registration.isPresent()) {
                    brokers.add(ZooKeeperBroker.parse(registration.get()));
                }
            }
        }
        if (brokers.isEmpty()) {
            throw new ZooKeeperException(
                    ("ZooKeeper %s has no broker registered in %s: all are down, or it does not keep this cluster (any more), or the"
                                    + " cluster's path is missing at the end of zookeeperConnect")
                            .formatted(zookeeper, IDS));
        }
        return new ZooKeeperBrokers(zookeeper, brokers);
    }

    /**
     * In the form of {@code bootstrap.servers}.
     *
     * @param protocol the client's {@code security.protocol}
     * @throws ZooKeeperException if no broker speaks it
     */
    String bootstrapServers(String protocol) throws ZooKeeperException {
        List<String> addresses = brokers.stream()
                .flatMap(broker -> broker.addresses(protocol).stream())
                .toList();
        if (addresses.isEmpty()) {
            throw new ZooKeeperException(
                    "the brokers in ZooKeeper %s have no listener for security.protocol = %s, but for %s"
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
