// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing;

import java.nio.file.Path;
import java.util.List;

/** A ZooKeeper of one server, as the runtime of an old Kafka brings it. For one thread. */
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

    /** Its address, without a chroot. */
    public String address() {
        return NodeProperties.bootstrap(port);
    }
}
