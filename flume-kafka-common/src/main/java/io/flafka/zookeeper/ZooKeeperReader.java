// SPDX-License-Identifier: Apache-2.0
package io.flafka.zookeeper;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A connection to ZooKeeper that reads nodes. Each call takes a bounded time, and throws Kafka's {@code InterruptException} if it is interrupted.
 *
 * <p>For one thread. {@link #close} ends the connection and stops its threads.
 */
interface ZooKeeperReader extends AutoCloseable {

    /** Returns the names of a node's children; empty if the node does not exist. */
    List<String> children(String path) throws ZooKeeperException;

    /** Returns the text of a node; empty if the node does not exist or has no data. */
    Optional<String> text(String path) throws ZooKeeperException;

    @Override
    void close();

    /** Connects to ZooKeeper. Tests have their own. */
    @FunctionalInterface
    interface Factory {

        /**
         * Connects with the ZooKeeper client in Flume's {@code lib}, which Flume has for other components. It is not one of the plugin's jars, so an
         * agent can lack it.
         */
        Factory REAL = address -> {
            try {
                return ZooKeeperSession.open(address, Duration.ofSeconds(10));
            } catch (NoClassDefFoundError missing) {
                throw new ZooKeeperException(
                        "the ZooKeeper client is not in Flume's lib (class %s is missing)"
                                .formatted(missing.getMessage()),
                        missing);
            }
        };

        /**
         * Connects, and returns when connected. The caller closes the reader.
         *
         * @param address servers and path, in the format of {@code zookeeperConnect}
         */
        ZooKeeperReader open(String address) throws ZooKeeperException;
    }
}
