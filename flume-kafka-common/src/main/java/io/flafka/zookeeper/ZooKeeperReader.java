// SPDX-License-Identifier: Apache-2.0
package io.flafka.zookeeper;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Reads a ZooKeeper. Every call ends within a bound, and throws Kafka's {@code InterruptException} if it is interrupted.
 *
 * <p>For one thread. Closing it ends its connection and its threads.
 */
interface ZooKeeperReader extends AutoCloseable {

    /** The names of a node's children; none if there is no such node. */
    List<String> children(String path) throws ZooKeeperException;

    /** A node's text; nothing if there is no such node. */
    Optional<String> text(String path) throws ZooKeeperException;

    @Override
    void close();

    /** Connects; a test puts one of its own in its place. */
    @FunctionalInterface
    interface Factory {

        /**
         * Connects with Flume's own ZooKeeper client, which is in its {@code lib} for the sake of other components. It is not among our jars, so
         * an agent may be without it.
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
         * Returns when it is connected; the caller closes it.
         *
         * @param address servers and path, as {@code zookeeperConnect} has them
         */
        ZooKeeperReader open(String address) throws ZooKeeperException;
    }
}
