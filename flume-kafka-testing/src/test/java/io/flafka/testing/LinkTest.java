// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A link between a client and a server that sends everything back. */
@Timeout(30)
class LinkTest {
    private static final Duration EACH_WAY = Duration.ofMillis(50);

    private final ServerSocket server = newServer();
    private final Link link = Link.to(server.getLocalPort());

    private static ServerSocket newServer() {
        try {
            return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @BeforeEach
    void echo() {
        Thread echo = new Thread(() -> {
            while (!server.isClosed()) {
                try (Socket connection = server.accept()) {
                    connection.getInputStream().transferTo(connection.getOutputStream());
                } catch (IOException ended) {
                    assertThat(ended).isNotNull();
                }
            }
        });
        echo.setDaemon(true);
        echo.start();
    }

    @AfterEach
    void close() throws IOException {
        link.close();
        server.close();
    }

    private Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), link.port());
    }

    @Test
    void forwardsBytes() throws IOException {
        try (Socket client = connect()) {
            client.getOutputStream().write(42);

            assertThat(client.getInputStream().read()).isEqualTo(42);
        }
    }

    @Test
    void holdsBytesBackWhileItIsCut() throws IOException {
        try (Socket client = connect()) {
            client.getOutputStream().write(42);
            assertThat(client.getInputStream().read()).isEqualTo(42);
            client.setSoTimeout(200);

            link.cut();
            client.getOutputStream().write(43);

            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
            link.heal();
            client.setSoTimeout(0);
            assertThat(client.getInputStream().read()).isEqualTo(43);
        }
    }

    @Test
    void acceptsConnectionsWhileItIsCutAndServesThemLater() throws IOException {
        link.cut();
        try (Socket client = connect()) {
            client.getOutputStream().write(42);

            link.heal();

            assertThat(client.getInputStream().read()).isEqualTo(42);
        }
    }

    @Test
    void delaysEachWay() throws IOException {
        link.delay(EACH_WAY);
        try (Socket client = connect()) {
            long start = System.nanoTime();
            client.getOutputStream().write(42);

            assertThat(client.getInputStream().read()).isEqualTo(42);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(EACH_WAY.multipliedBy(2));
        }
    }

    @Test
    void resetsConnectionsAndAcceptsNewOnes() throws IOException {
        try (Socket client = connect()) {
            client.getOutputStream().write(42);
            assertThat(client.getInputStream().read()).isEqualTo(42);

            link.reset();

            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class);
        }
        try (Socket client = connect()) {
            client.getOutputStream().write(43);
            assertThat(client.getInputStream().read()).isEqualTo(43);
        }
    }

    @Test
    void losesOneAnswerAndItsConnection() throws IOException {
        link.loseNextAnswer();
        try (Socket client = connect()) {
            client.getOutputStream().write(42);

            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class);
        }
        try (Socket client = connect()) {
            client.getOutputStream().write(43);
            assertThat(client.getInputStream().read()).isEqualTo(43);
        }
    }
}
