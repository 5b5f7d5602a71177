// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Finds free loopback ports below the ephemeral range, so that no outgoing connection can take the port of a server
 * that restarts. It never returns a port twice, neither in one JVM nor in two JVMs that run tests at the same time. For
 * any thread.
 */
public final class FreePort {
    private static final int LOWEST = 20_000;
    private static final int RANGE_SIZE = 1_000;
    private static final int RANGES = 12;
    private static final int ATTEMPTS = 200;
    private static final Set<Integer> GIVEN_OUT = new HashSet<>();

    /** Listens on the first port of this JVM's range for as long as the JVM lives. This reserves the range. */
    private static final ServerSocket GUARD = reserveRange();

    private FreePort() {}

    /** Returns a port that was free a moment ago. */
    public static int find() {
        int first = GUARD.getLocalPort();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(first + 1, first + RANGE_SIZE);
            if (isFree(port) && reserve(port)) {
                return port;
            }
        }
        throw new IllegalStateException("No free loopback port between " + first + " and " + (first + RANGE_SIZE));
    }

    private static ServerSocket reserveRange() {
        for (int range = 0; range < RANGES; range++) {
            Optional<ServerSocket> guard = tryToListen(LOWEST + range * RANGE_SIZE);
            if (guard.isPresent()) {
                return guard.get();
            }
        }
        throw new IllegalStateException("More than " + RANGES + " JVMs run tests on this machine");
    }

    private static boolean reserve(int port) {
        synchronized (GIVEN_OUT) {
            return GIVEN_OUT.add(port);
        }
    }

    private static boolean isFree(int port) {
        Optional<ServerSocket> listener = tryToListen(port);
        listener.ifPresent(FreePort::close);
        return listener.isPresent();
    }

    private static Optional<ServerSocket> tryToListen(int port) {
        try {
            return Optional.of(new ServerSocket(port, 1, InetAddress.getLoopbackAddress()));
        } catch (IOException inUse) {
            return Optional.empty();
        }
    }

    private static void close(ServerSocket listener) {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
