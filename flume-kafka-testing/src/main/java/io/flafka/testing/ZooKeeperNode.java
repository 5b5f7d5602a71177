// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing;

import java.nio.file.Path;
import java.util.List;

/** A ZooKeeper with one server, from the runtime of an old Kafka. For one thread. */
public final class ZooKeeperNode extends ForkedServer {
    private final int port;

    ZooKeeperNode(String runtime, Path directory, int port) {
        super(
                "ZooKeeper",
                new ForkedJava(runtime, ZooKeeperMain.class),
                directory,
                List.of(directory.toString(), Integer.toString(port)));
        this.port = port;
    }

    /**
     * Starts a ZooKeeper without Kafka, with its data in the directory, and waits until it serves clients.
     *
     * @param runtime the runtime of a Kafka version with ZooKeeper, such as {@code kafka-2.8.2}
     */
    public static ZooKeeperNode start(String runtime, Path directory) {
        ZooKeeperNode node = new ZooKeeperNode(runtime, directory, FreePort.find());
        try {
            node.launch();
            node.awaitReady();
            return node;
        } catch (RuntimeException | Error e) {
            node.close();
            throw e;
        }
    }

    /** Returns its address, without a chroot. */
    public String address() {
        return NodeProperties.bootstrap(port);
    }
}
