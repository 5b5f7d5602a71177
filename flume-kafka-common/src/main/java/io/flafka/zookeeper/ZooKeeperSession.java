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
 * A short session with ZooKeeper. It logs in with the section {@code Client} of the agent's JAAS file, if there is one.
 *
 * <p>The only class that uses ZooKeeper's classes. It uses only what ZooKeeper 3.4 has, because that is in Flume 1.9.
 */
final class ZooKeeperSession implements ZooKeeperReader {

    /** The limit for all calls together, because a consumer that reads offsets here must poll again in time. */
    private static final Duration LIFETIME = Duration.ofSeconds(30);

    private final String address;
    private final ZooKeeper client;
    private final long deadline = System.nanoTime() + LIFETIME.toNanos();

    private ZooKeeperSession(String address, ZooKeeper client) {
        this.address = address;
        this.client = client;
    }

    /**
     * Connects, and returns when connected.
     *
     * @param timeout the longest time to connect, and the session's timeout: a later call fails after two thirds of it without an answer
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
        throw session.failure("does not answer within " + timeout.toSeconds() + " s");
    }

    private static ZooKeeper connect(String address, Duration timeout, Watcher watcher) throws ZooKeeperException {
        try {
            return new ZooKeeper(address, Math.toIntExact(timeout.toMillis()), watcher);
        } catch (IOException | IllegalArgumentException cause) {
            // For example if the host name does not resolve.
            throw new ZooKeeperException("ZooKeeper %s cannot be reached: %s".formatted(address, cause), cause);
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

    private <T> Optional<T> ask(Request<T> request) throws ZooKeeperException {
        if (System.nanoTime() > deadline) {
            throw failure("is too slow: it did not answer all requests within " + LIFETIME.toSeconds() + " s");
        }
        try {
            // Null if the node has no data.
            return Optional.ofNullable(request.send());
        } catch (KeeperException.NoNodeException none) {
            return Optional.empty();
        } catch (KeeperException refused) {
            throw new ZooKeeperException("ZooKeeper %s: %s".formatted(address, refused.getMessage()), refused);
        } catch (InterruptedException interrupt) {
            throw new InterruptException(interrupt);
        }
    }

    private ZooKeeperException failure(String what) {
        return new ZooKeeperException("ZooKeeper %s %s".formatted(address, what));
    }

    @Override
    public void close() {
        try {
            client.close();
        } catch (InterruptedException interrupt) {
            // The client stops its threads anyway.
            Thread.currentThread().interrupt();
        }
    }

    private interface Request<T> {
        T send() throws KeeperException, InterruptedException;
    }
}
