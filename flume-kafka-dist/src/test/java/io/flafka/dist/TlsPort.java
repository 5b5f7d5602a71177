// SPDX-License-Identifier: Apache-2.0
package io.flafka.dist;

import io.flafka.testing.TlsCertificates;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** A port that does a broker's TLS handshake. A client with the wrong settings fails there. */
final class TlsPort implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 10_000;

    private final SSLServerSocket server;

    TlsPort(TlsCertificates certificates) throws GeneralSecurityException, IOException {
        server = (SSLServerSocket) certificates
                .serverContext(TlsCertificates.VALID)
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread accepting = new Thread(this::accept, "tls-port");
        accepting.setDaemon(true);
        accepting.start();
    }

    /** Returns the {@code bootstrap.servers} of a client. */
    String address() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    private void accept() {
        while (!server.isClosed()) {
            try (SSLSocket client = (SSLSocket) server.accept()) {
                client.setSoTimeout(TIMEOUT_MILLIS);
                client.startHandshake();
            } catch (IOException refused) {
                // The client rejected the certificate, or this port was closed.
            }
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
