// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Adds latency without limiting the bandwidth. */
class RelayTest {
    private static final Duration EACH_WAY = Duration.ofMillis(20);
    private static final int LARGE = 32 * 1024 * 1024;

    private ServerSocket server = newServer();
    private Relay relay = Relay.to(server.getLocalPort(), EACH_WAY);

    private static ServerSocket newServer() {
        try {
            return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @BeforeEach
    void echo() {
        Thread echo = new Thread(() -> {
            try (Socket connection = server.accept()) {
                connection.getInputStream().transferTo(connection.getOutputStream());
            } catch (IOException ended) {
                assertThat(ended).isNotNull();
            }
        });
        echo.setDaemon(true);
        echo.start();
    }

    @AfterEach
    void close() throws IOException {
        relay.close();
        server.close();
    }

    @Test
    void delaysEachWay() throws IOException {
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), relay.port())) {
            long start = System.nanoTime();
            client.getOutputStream().write(42);

            assertThat(client.getInputStream().read()).isEqualTo(42);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(EACH_WAY.multipliedBy(2));
        }
    }

    @Test
    void needsLessThanOneDelayPerChunkForManyBytes() throws IOException {
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), relay.port())) {
            long start = System.nanoTime();
            Thread writer = new Thread(() -> write(client));
            writer.start();
            InputStream in = client.getInputStream();

            assertThat(in.readNBytes(LARGE)).hasSize(LARGE);
            // Sending one chunk of 128 KB at a time would take 256 delays, in each direction.
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(EACH_WAY.multipliedBy(256));
        }
    }

    private static void write(Socket client) {
        try {
            OutputStream out = client.getOutputStream();
            out.write(new byte[LARGE]);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
