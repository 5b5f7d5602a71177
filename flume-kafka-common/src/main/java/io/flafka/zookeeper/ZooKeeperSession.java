// SPDX-License-Identifier: Apache-2.0
package io.flafka.zookeeper;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.ZooKeeper;

/**
 * A short session with ZooKeeper. It logs in as the section {@code Client} of the agent's JAAS file, if there is one.
 *
 * <p>The only class that touches ZooKeeper's, and no more of them than ZooKeeper 3.4 has, which is what Flume 1.9 brings.
 */
final class ZooKeeperSession implements ZooKeeperReader {

    /** Of all calls together: a consumer that reads offsets here must be back at its polls. */
    private static final Duration LIFETIME = Duration.ofSeconds(30);

    private final String address;
    private final ZooKeeper client;
    private final long end = System.nanoTime() + LIFETIME.toNanos();

    private ZooKeeperSession(String address, ZooKeeper client) {
        this.address = address;
        this.client = client;
    }

    /**
     * Returns when it is connected.
     *
     * @param timeout for that; after two thirds of it without an answer a call is given up
     */
    static ZooKeeperSession open(String address, Duration timeout) throws ZooKeeperException {
        CountDownLatch connected = new CountDownLatch(1);
        ZooKeeper client = connect(address, timeout, event -> {
            if (event.getState() == Watcher.Event.KeeperState.SyncConnected) {
                connected.countDown();
            }
        });
        ZooKeeperSession session = new ZooKeeperSession(address, client);
        try {
            if (connected.await(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                return session;
            }
        } catch (InterruptedException interrupt) {
            session.close();
            throw new InterruptException(interrupt);
        }
        session.close();
        throw session.trouble("does not answer within " + timeout.toSeconds() + " s");
    }

    private static ZooKeeper connect(String address, Duration timeout, Watcher watcher) throws ZooKeeperException {
        try {
            return new ZooKeeper(address, Math.toIntExact(timeout.toMillis()), watcher);
        } catch (IOException | IllegalArgumentException refused) {
            // As for a name that does not resolve.
            throw new ZooKeeperException("ZooKeeper %s cannot be reached: %s".formatted(address, refused), refused);
        }
    }

    @Override
    public List<String> children(String path) throws ZooKeeperException {
        return ask(() -> client.getChildren(path, false)).orElse(List.of());
    }

    @Override
    public Optional<String> text(String path) throws ZooKeeperException {
        return ask(() -> client.getData(path, false, null)).map(bytes -> new String(bytes, UTF_8));
    }

    private <T> Optional<T> ask(Question<T> question) throws ZooKeeperException {
        if (System.nanoTime() > end) {
            throw trouble("is too slow: it was to answer everything within " + LIFETIME.toSeconds() + " s");
        }
        try {
            // A node may have no data at all.
            return Optional.ofNullable(question.ask());
        } catch (KeeperException.NoNodeException none) {
            return Optional.empty();
        } catch (KeeperException refused) {
            throw new ZooKeeperException("ZooKeeper %s: %s".formatted(address, refused.getMessage()), refused);
        } catch (InterruptedException interrupt) {
            throw new InterruptException(interrupt);
        }
    }

    private ZooKeeperException trouble(String what) {
        return new ZooKeeperException("ZooKeeper %s %s".formatted(address, what));
    }

    @Override
    public void close() {
        try {
            client.close();
        } catch (InterruptedException interrupt) {
            // The client has told its threads to end all the same.
            Thread.currentThread().interrupt();
        }
    }

    /** One call of the client. */
    private interface Question<T> {
        T ask() throws KeeperException, InterruptedException;
    }
}
