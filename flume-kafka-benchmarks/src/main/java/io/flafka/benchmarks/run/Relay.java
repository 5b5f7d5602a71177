// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks.run;

import io.flafka.testing.FreePort;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A TCP relay on loopback that forwards each byte after a fixed delay. It adds latency without limiting the bandwidth.
 * Up to 128 MB per direction can be in transit, far more than arrives during the delay.
 */
final class Relay implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Relay.class);
    private static final int CHUNK = 128 * 1024;
    private static final int CHUNKS = 1024;

    private final Duration delay;
    private final InetSocketAddress target;
    private final ServerSocket server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    /** Bytes that are forwarded together. Without bytes at the end of the stream. */
    private record Chunk(long due, ByteBuffer bytes) {}

    private Relay(int targetPort, Duration delay) {
        this.delay = delay;
        this.target = new InetSocketAddress(InetAddress.getLoopbackAddress(), targetPort);
        try {
            server = new ServerSocket();
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), FreePort.find()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Listens until it is closed. */
    static Relay to(int targetPort, Duration delay) {
        Relay relay = new Relay(targetPort, delay);
        daemon("relay", relay::accept);
        return relay;
    }

    int port() {
        return server.getLocalPort();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                Socket broker = new Socket(target.getAddress(), target.getPort());
                connect(client, broker);
                connect(broker, client);
            } catch (IOException ended) {
                LOG.debug("The relay or its broker was closed", ended);
            }
        }
    }

    private void connect(Socket from, Socket to) throws IOException {
        open.add(from);
        to.setTcpNoDelay(true);
        BlockingQueue<Chunk> line = new ArrayBlockingQueue<>(CHUNKS);
        daemon("relay-in", () -> read(from, line));
        daemon("relay-out", () -> write(line, to));
    }

    private void read(Socket from, BlockingQueue<Chunk> line) {
        byte[] buffer = new byte[CHUNK];
        try {
            try {
                InputStream in = from.getInputStream();
                for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                    line.put(new Chunk(
                            System.nanoTime() + delay.toNanos(), ByteBuffer.wrap(Arrays.copyOf(buffer, count))));
                }
            } catch (IOException ended) {
                LOG.debug("A connection was closed", ended);
            }
            line.put(new Chunk(System.nanoTime() + delay.toNanos(), ByteBuffer.allocate(0)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write(BlockingQueue<Chunk> line, Socket to) {
        try (to) {
            OutputStream out = to.getOutputStream();
            for (Chunk chunk = line.take(); chunk.bytes().hasRemaining(); chunk = line.take()) {
                for (long left = chunk.due() - System.nanoTime(); left > 0; left = chunk.due() - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                out.write(chunk.bytes().array());
            }
        } catch (IOException ended) {
            LOG.debug("A connection was closed", ended);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        open.remove(to);
    }

    private static void daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Closes all connections. */
    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
