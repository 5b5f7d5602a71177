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
 * Finds loopback ports that nobody listens on, below the ephemeral range: an outgoing connection can then never take one
 * while its server is down for a restart. Safe for any thread; never gives out a port twice, neither in one JVM nor in two
 * that run tests at the same time.
 */
public final class FreePort {
    private static final int LOWEST = 20_000;
    private static final int SLICE = 1_000;
    private static final int SLICES = 12;
    private static final int ATTEMPTS = 200;
    private static final Set<Integer> GIVEN_OUT = new HashSet<>();

    /** Listens on the first port of this JVM's slice as long as the JVM lives, so that no other one takes that slice. */
    private static final ServerSocket GUARD = takeSlice();

    private FreePort() {}

    /** A port that was free a moment ago. */
    public static int find() {
        int first = GUARD.getLocalPort();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(first + 1, first + SLICE);
            if (isFree(port) && claim(port)) {
                return port;
            }
        }
        throw new IllegalStateException("No free loopback port between " + first + " and " + (first + SLICE));
    }

    private static ServerSocket takeSlice() {
        for (int slice = 0; slice < SLICES; slice++) {
            Optional<ServerSocket> guard = tryToListen(LOWEST + slice * SLICE);
            if (guard.isPresent()) {
                return guard.get();
            }
        }
        throw new IllegalStateException("More than " + SLICES + " JVMs run tests on this machine");
    }

    private static boolean claim(int port) {
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
        } catch (IOException taken) {
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
