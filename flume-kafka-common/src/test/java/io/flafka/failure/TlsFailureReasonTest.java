// SPDX-License-Identifier: Apache-2.0
package io.flafka.failure;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.testing.TlsCertificates;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.InvalidAlgorithmParameterException;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Explains real handshake failures between a client's and a server's TLS engine in this JVM. */
class TlsFailureReasonTest {

    @TempDir
    static Path directory;

    private static TlsCertificates certificates;

    @BeforeAll
    static void makeCertificates() {
        certificates = TlsCertificates.createIn(directory);
    }

    @Test
    void certificateOfAnotherHost() throws Exception {
        assertThat(handshake(certificates.clientContext(), "127.0.0.1", TlsCertificates.VALID))
                .isEqualTo(
                        "no TLS connection: the broker's certificate is not for the host '127.0.0.1' that this client connects to"
                                + " (No subject alternative names matching IP address 127.0.0.1 found); use a host name of the certificate in"
                                + " kafka.bootstrap.servers and in the brokers' advertised.listeners, or set"
                                + " kafka.client.ssl.disableTLSHostnameVerification = true");
        assertThat(handshake(certificates.clientContext(), "other.example", TlsCertificates.VALID))
                .startsWith(
                        "no TLS connection: the broker's certificate is not for the host 'other.example' that this client connects to (");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            No name matching kafka.example found                | "'kafka.example' that"
            No subject alternative DNS name matching a.b found. | "'a.b' that"
            No subject alternative names present                | that
            """, quoteCharacter = '"')
    void certificateOfAnotherHostInOtherMessagesOfJava(String message, String host) {
        assertThat(FailureReason.of(new SSLHandshakeException(message)))
                .startsWith("no TLS connection: the broker's certificate is not for the host " + host
                        + " this client connects to (" + message + ");");
    }

    @Test
    void unknownAuthority() throws Exception {
        assertThat(handshake(certificates.untrustingClientContext(), TlsCertificates.HOST, TlsCertificates.VALID))
                .isEqualTo(
                        "no TLS connection: this client does not trust the broker's certificate: no authority in its trust store has"
                                + " signed it (unable to find valid certification path to requested target); add the authority's certificate to"
                                + " the file of kafka.client.ssl.truststore.location");
    }

    @Test
    void emptyTrustStore() {
        Exception empty = new InvalidAlgorithmParameterException("the trustAnchors parameter must be non-empty");

        assertThat(FailureReason.of(new SSLException("Unexpected error", empty)))
                .startsWith("no TLS connection: this client does not trust the broker's certificate: ");
    }

    @Test
    void expiredCertificate() throws Exception {
        assertThat(handshake(certificates.clientContext(), TlsCertificates.HOST, TlsCertificates.EXPIRED))
                .matches(
                        "no TLS connection: the broker's certificate, or the certificate of an authority that signed it, has expired"
                                + " \\(NotAfter: .*20\\d\\d\\); renew it");
    }

    @Test
    void certificateNotYetValid() throws Exception {
        assertThat(handshake(certificates.clientContext(), TlsCertificates.HOST, TlsCertificates.NOT_YET_VALID))
                .matches(
                        "no TLS connection: the broker's certificate, or the certificate of an authority that signed it, is not valid yet"
                                + " \\(NotBefore: .*20\\d\\d\\); check the clocks of the broker and of this host");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void brokerRequiresClientCertificate(String version) throws Exception {
        String said = handshake(certificates.clientContext(), TlsCertificates.HOST, TlsCertificates.VALID, server -> {
            server.setNeedClientAuth(true);
            server.setEnabledProtocols(new String[] {version});
        });

        assertThat(said).contains("the broker").contains(" certificate").contains("kafka.client.ssl.keystore.location");
    }

    @Test
    void noTlsVersionInCommon() throws Exception {
        String said = handshake(
                certificates.clientContext(),
                TlsCertificates.HOST,
                TlsCertificates.VALID,
                server -> server.setEnabledProtocols(new String[] {"TLSv1.2"}),
                client -> client.setEnabledProtocols(new String[] {"TLSv1.3"}));

        assertThat(said)
                .isEqualTo(
                        "no TLS connection: broker and client have no TLS version or no cipher suite in common (protocol_version); check"
                                + " kafka.client.ssl.enabled.protocols and kafka.client.ssl.cipher.suites");
    }

    @Test
    void noCipherSuiteInCommon() throws Exception {
        String said = handshake(
                certificates.clientContext(),
                TlsCertificates.HOST,
                TlsCertificates.VALID,
                server -> server.setEnabledCipherSuites(new String[] {"TLS_AES_128_GCM_SHA256"}),
                client -> client.setEnabledCipherSuites(new String[] {"TLS_AES_256_GCM_SHA384"}));

        assertThat(said)
                .startsWith(
                        "no TLS connection: the broker closed it with the alert 'handshake_failure': no TLS version or cipher");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            certificate_required | the broker requires a client certificate (certificate_required); set kafka.client.ssl.keystore.location
            bad_certificate      | the broker rejects this client's certificate, or requires one and got none (bad_certificate); check kafka.client.ssl.keystore.location, that its certificate has not expired, and that the brokers trust it
            unknown_ca           | the broker rejects this client's certificate, or requires one and got none (unknown_ca); check kafka.client.ssl.keystore.location, that its certificate has not expired, and that the brokers trust it
            certificate_expired  | this client's certificate has expired or was revoked (certificate_expired); renew it in the file of kafka.client.ssl.keystore.location
            internal_error       | the broker closed it with the alert 'internal_error'; see the broker's log
            """)
    void alertsOfTheBroker(String alert, String said) {
        assertThat(FailureReason.of(new SslAuthenticationException(
                        "Failed to process post-handshake messages",
                        new SSLException("Received fatal alert: " + alert))))
                .isEqualTo("no TLS connection: " + said);
    }

    @Test
    void portWithoutTls() throws Exception {
        SSLEngine client = client(certificates.clientContext(), TlsCertificates.HOST, engine -> {});
        client.beginHandshake();
        ByteBuffer sent = ByteBuffer.allocate(1 << 16);
        client.wrap(ByteBuffer.allocate(0), sent);

        SSLException failure = null;
        try {
            client.unwrap(ByteBuffer.wrap("HTTP/1.1 400".getBytes(US_ASCII)), ByteBuffer.allocate(1 << 16));
        } catch (SSLException refused) {
            failure = refused;
        }

        assertThat(FailureReason.message(new SslAuthenticationException("SSL handshake failed", failure)))
                .isEqualTo(
                        "no TLS connection: the broker's port does not use TLS (Unrecognized SSL message, plaintext connection?); use the brokers'"
                                + " TLS port, or set kafka.client.security.protocol = PLAINTEXT or SASL_PLAINTEXT");
    }

    @Test
    void unknownMessagesAreQuoted() {
        assertThat(FailureReason.of(new SslAuthenticationException(
                        "SSL handshake failed", new SSLHandshakeException("Something\nnew"))))
                .isEqualTo("no TLS connection: SSLHandshakeException: Something\\u000anew");
    }

    private static String handshake(SSLContext client, String host, String certificate) throws Exception {
        return handshake(client, host, certificate, server -> {});
    }

    private static String handshake(SSLContext client, String host, String certificate, Consumer<SSLEngine> server)
            throws Exception {
        return handshake(client, host, certificate, server, engine -> {});
    }

    /** Returns the explanation of the client's failure, wrapped as Kafka wraps it. */
    private static String handshake(
            SSLContext context,
            String host,
            String certificate,
            Consumer<SSLEngine> configureServer,
            Consumer<SSLEngine> configureClient)
            throws Exception {
        SSLEngine client = client(context, host, configureClient);
        SSLEngine server = certificates.serverContext(certificate).createSSLEngine();
        server.setUseClientMode(false);
        configureServer.accept(server);
        client.beginHandshake();
        server.beginHandshake();
        ByteBuffer toServer = ByteBuffer.allocate(1 << 17);
        ByteBuffer toClient = ByteBuffer.allocate(1 << 17);
        for (int round = 0; round < 20; round++) {
            try {
                step(client, toClient, toServer);
            } catch (SSLException failed) {
                return FailureReason.of(new SslAuthenticationException("SSL handshake failed", failed));
            }
            try {
                step(server, toServer, toClient);
            } catch (SSLException failed) {
                // The client sees it in its next step.
            }
        }
        return "the handshake has succeeded";
    }

    private static SSLEngine client(SSLContext context, String host, Consumer<SSLEngine> configuration) {
        SSLEngine client = context.createSSLEngine(host, 9093);
        client.setUseClientMode(true);
        SSLParameters parameters = client.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        client.setSSLParameters(parameters);
        configuration.accept(client);
        return client;
    }

    /** Reads what has arrived and writes the response. */
    private static void step(SSLEngine engine, ByteBuffer in, ByteBuffer out) throws SSLException {
        ByteBuffer plain = ByteBuffer.allocate(1 << 16);
        in.flip();
        try {
            while (true) {
                HandshakeStatus status = engine.getHandshakeStatus();
                if (status == HandshakeStatus.NEED_TASK) {
                    engine.getDelegatedTask().run();
                } else if (status == HandshakeStatus.NEED_WRAP) {
                    engine.wrap(ByteBuffer.allocate(0), out);
                } else if (in.hasRemaining() && !engine.isInboundDone()) {
                    engine.unwrap(in, plain);
                } else {
                    return;
                }
            }
        } finally {
            in.compact();
        }
    }
}
