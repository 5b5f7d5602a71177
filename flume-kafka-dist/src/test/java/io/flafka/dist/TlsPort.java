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

    /** Opens a port that shows the valid certificate. */
    TlsPort(TlsCertificates certificates) throws GeneralSecurityException, IOException {
        this(certificates, TlsCertificates.VALID);
    }

    /** Opens this port, which must be free, and shows the valid certificate. */
    TlsPort(TlsCertificates certificates, int port) throws GeneralSecurityException, IOException {
        this(certificates, TlsCertificates.VALID, port);
    }

    /** Opens a port that shows the named certificate. */
    TlsPort(TlsCertificates certificates, String name) throws GeneralSecurityException, IOException {
        this(certificates, name, 0);
    }

    private TlsPort(TlsCertificates certificates, String name, int port) throws GeneralSecurityException, IOException {
        server = (SSLServerSocket) certificates
                .serverContext(name)
                .getServerSocketFactory()
                .createServerSocket(port, 50, InetAddress.getLoopbackAddress());
        Thread accepting = new Thread(this::accept, "tls-port");
        accepting.setDaemon(true);
        accepting.start();
    }

    /** Requires a certificate of each client that connects from now on. */
    TlsPort requireClientCertificate() {
        server.setNeedClientAuth(true);
        return this;
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
