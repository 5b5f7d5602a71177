// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.ZooKeeper;

/** Writes the nodes that old programs leave in ZooKeeper. For one thread. */
public final class ZooKeeperWriter implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final ZooKeeper client;

    private ZooKeeperWriter(ZooKeeper client) {
        this.client = client;
    }

    /** Connects to an address, which may end with a chroot path. */
    public static ZooKeeperWriter connect(String address) {
        CountDownLatch connected = new CountDownLatch(1);
        try {
            ZooKeeper client = new ZooKeeper(address, Math.toIntExact(TIMEOUT.toMillis()), event -> {
                if (event.getState() == Watcher.Event.KeeperState.SyncConnected) {
                    connected.countDown();
                }
            });
            if (!connected.await(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                client.close();
                throw new AssertionError("ZooKeeper " + address + " did not answer within " + TIMEOUT);
            }
            return new ZooKeeperWriter(client);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("Cannot connect to ZooKeeper " + address, e);
        }
    }

    /** Commits an offset as a consumer of Kafka 0.8 did. */
    public void commit(String group, TestTopic topic, int partition, long offset) {
        write("/consumers/" + group + "/offsets/" + topic.name() + "/" + partition, Long.toString(offset));
    }

    /** Writes text to a node. Creates the node and its parents if needed. */
    public void write(String path, String text) {
        try {
            for (int slash = path.indexOf('/', 1); slash > 0; slash = path.indexOf('/', slash + 1)) {
                create(path.substring(0, slash));
            }
            create(path);
            client.setData(path, text.getBytes(UTF_8), -1);
        } catch (KeeperException | InterruptedException e) {
            throw new IllegalStateException("Cannot write " + path, e);
        }
    }

    private void create(String path) throws KeeperException, InterruptedException {
        if (client.exists(path, false) == null) {
            client.create(path, new byte[0], ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
        }
    }

    @Override
    public void close() {
        try {
            client.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
