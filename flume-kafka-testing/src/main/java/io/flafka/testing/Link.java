// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The network between one agent and one broker: a TCP relay on loopback that can be cut, slowed down and reset. While it
 * is cut, nothing passes and no connection closes, as if a cable were pulled; what was sent meanwhile passes later. For
 * any thread.
 */
public final class Link implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Link.class);
    private static final int CHUNK = 64 * 1024;

    private final int targetPort;
    private final ServerSocket server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private boolean cut;
    private volatile Duration delay = Duration.ZERO;
    private final AtomicBoolean losesAnswer = new AtomicBoolean();

    private Link(int targetPort) {
        this.targetPort = targetPort;
        try {
            server = new ServerSocket();
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), FreePort.find()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Listens until it is closed. */
    public static Link to(int targetPort) {
        Link link = new Link(targetPort);
        daemon("link", link::accept);
        return link;
    }

    public int port() {
        return server.getLocalPort();
    }

    /** Lets nothing pass until {@link #heal()}. */
    public synchronized void cut() {
        cut = true;
    }

    /** Delays everything, in each direction. */
    public void delay(Duration each) {
        delay = each;
    }

    /** Ends a cut and a delay. */
    public synchronized void heal() {
        cut = false;
        delay = Duration.ZERO;
        notifyAll();
    }

    /** Resets all connections (RST). New ones can be opened at once. */
    public void reset() {
        open.forEach(Link::abort);
    }

    /** Resets the connection on which the broker answers next. The client does not get that answer. */
    public void loseNextAnswer() {
        losesAnswer.set(true);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                daemon("link-connect", () -> connect(client));
            } catch (IOException ended) {
                LOG.debug("The link was closed", ended);
            }
        }
    }

    private void connect(Socket client) {
        open.add(client);
        try {
            awaitUncut();
            Socket broker = new Socket(InetAddress.getLoopbackAddress(), targetPort);
            open.add(broker);
            client.setTcpNoDelay(true);
            broker.setTcpNoDelay(true);
            daemon("link-to-broker", () -> pump(client, broker, () -> false));
            daemon("link-to-client", () -> pump(broker, client, () -> losesAnswer.getAndSet(false)));
        } catch (IOException refused) {
            LOG.debug("The broker does not listen", refused);
            abort(client);
            open.remove(client);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void pump(Socket from, Socket to, BooleanSupplier loses) {
        byte[] buffer = new byte[CHUNK];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                LockSupport.parkNanos(delay.toNanos());
                awaitUncut();
                if (loses.getAsBoolean()) {
                    throw new IOException("The answer is lost");
                }
                out.write(buffer, 0, count);
            }
            awaitUncut();
            to.close();
        } catch (IOException ended) {
            LOG.debug("A connection was closed", ended);
            abort(from);
            abort(to);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        open.remove(from);
    }

    private synchronized void awaitUncut() throws InterruptedException {
        while (cut) {
            wait();
        }
    }

    private static void abort(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException closedAlready) {
            LOG.debug("A connection was closed already", closedAlready);
        }
    }

    private static void daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Closes all connections. */
    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        heal();
        reset();
    }
}
