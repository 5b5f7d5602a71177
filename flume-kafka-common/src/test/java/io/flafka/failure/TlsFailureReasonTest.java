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

/** What is said of handshakes that really fail, between the engines of a client and of a server in this JVM. */
class TlsFailureReasonTest {

    @TempDir
    static Path directory;

    private static TlsCertificates certificates;

    @BeforeAll
    static void makeCertificates() {
        certificates = TlsCertificates.in(directory);
    }

    @Test
    void aCertificateForAnotherHost() throws Exception {
        assertThat(handshake(certificates.client(), "127.0.0.1", TlsCertificates.VALID))
                .isEqualTo(
                        "no TLS connection: the broker's certificate is not for the host '127.0.0.1', by which this client calls it"
                                + " (No subject alternative names matching IP address 127.0.0.1 found); write a name that the certificate has into"
                                + " kafka.bootstrap.servers and into the brokers' advertised.listeners, or set"
                                + " kafka.client.ssl.disableTLSHostnameVerification = true");
        assertThat(handshake(certificates.client(), "other.example", TlsCertificates.VALID))
                .startsWith(
                        "no TLS connection: the broker's certificate is not for the host 'other.example', by which this client calls it (");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            No name matching kafka.example found                | "'kafka.example', by which"
            No subject alternative DNS name matching a.b found. | "'a.b', by which"
            No subject alternative names present                | by which
            """, quoteCharacter = '"')
    void aCertificateForAnotherHostInJavasOtherWords(String message, String host) {
        assertThat(FailureReason.of(new SSLHandshakeException(message)))
                .startsWith("no TLS connection: the broker's certificate is not for the host " + host
                        + " this client calls it (" + message + ");");
    }

    @Test
    void anAuthorityThatIsNotKnown() throws Exception {
        assertThat(handshake(certificates.strangerAsClient(), TlsCertificates.HOST, TlsCertificates.VALID))
                .isEqualTo(
                        "no TLS connection: no certificate in this client's trust store vouches for the broker's (unknown certificate"
                                + " authority: unable to find valid certification path to requested target); put the authority's certificate into the"
                                + " file of kafka.client.ssl.truststore.location");
    }

    @Test
    void aTrustStoreWithoutCertificates() {
        Exception empty = new InvalidAlgorithmParameterException("the trustAnchors parameter must be non-empty");

        assertThat(FailureReason.of(new SSLException("Unexpected error", empty)))
                .startsWith("no TLS connection: no certificate in this client's trust store vouches for the broker's");
    }

    @Test
    void aCertificateWhoseTimeIsOver() throws Exception {
        assertThat(handshake(certificates.client(), TlsCertificates.HOST, TlsCertificates.EXPIRED))
                .matches(
                        "no TLS connection: the broker's certificate, or one that vouches for it, has expired \\(NotAfter: .*20\\d\\d\\);"
                                + " the brokers need a new one");
    }

    @Test
    void aCertificateWhoseTimeIsToCome() throws Exception {
        assertThat(handshake(certificates.client(), TlsCertificates.HOST, TlsCertificates.NOT_YET_VALID))
                .matches(
                        "no TLS connection: the broker's certificate, or one that vouches for it, is not valid yet \\(NotBefore: .*20\\d\\d\\);"
                                + " see whether the clocks of broker and agent are right");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aCertificateThatTheBrokerDemands(String version) throws Exception {
        String said = handshake(certificates.client(), TlsCertificates.HOST, TlsCertificates.VALID, server -> {
            server.setNeedClientAuth(true);
            server.setEnabledProtocols(new String[] {version});
        });

        assertThat(said).contains("the broker").contains(" certificate").contains("kafka.client.ssl.keystore.location");
    }

    @Test
    void noVersionInCommon() throws Exception {
        String said = handshake(
                certificates.client(),
                TlsCertificates.HOST,
                TlsCertificates.VALID,
                server -> server.setEnabledProtocols(new String[] {"TLSv1.2"}),
                client -> client.setEnabledProtocols(new String[] {"TLSv1.3"}));

        assertThat(said)
                .isEqualTo(
                        "no TLS connection: broker and client have no TLS version or no cipher suite in common (protocol_version); see"
                                + " kafka.client.ssl.enabled.protocols and kafka.client.ssl.cipher.suites");
    }

    @Test
    void noCipherSuiteInCommon() throws Exception {
        String said = handshake(
                certificates.client(),
                TlsCertificates.HOST,
                TlsCertificates.VALID,
                server -> server.setEnabledCipherSuites(new String[] {"TLS_AES_128_GCM_SHA256"}),
                client -> client.setEnabledCipherSuites(new String[] {"TLS_AES_256_GCM_SHA384"}));

        assertThat(said)
                .startsWith(
                        "no TLS connection: the broker has ended it with 'handshake_failure': no TLS version or cipher");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            certificate_required | the broker demands a certificate of this client (certificate_required); set kafka.client.ssl.keystore.location
            bad_certificate      | the broker does not take this client's certificate, or demands one and got none (bad_certificate); see kafka.client.ssl.keystore.location, and whether the brokers trust it
            unknown_ca           | the broker does not take this client's certificate, or demands one and got none (unknown_ca); see kafka.client.ssl.keystore.location, and whether the brokers trust it
            certificate_expired  | the certificate of this client has expired or was revoked (certificate_expired); kafka.client.ssl.keystore.location needs a new one
            internal_error       | the broker has ended it with 'internal_error'; the broker's log says why
            """)
    void whatTheBrokerSaysAtTheEnd(String alert, String said) {
        assertThat(FailureReason.of(new SslAuthenticationException(
                        "Failed to process post-handshake messages",
                        new SSLException("Received fatal alert: " + alert))))
                .isEqualTo("no TLS connection: " + said);
    }

    @Test
    void aPortWithoutTls() throws Exception {
        SSLEngine client = client(certificates.client(), TlsCertificates.HOST, engine -> {});
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
                        "no TLS connection: that port does not speak TLS (Unrecognized SSL message, plaintext connection?); use the brokers' port"
                                + " for TLS, or set kafka.client.security.protocol = PLAINTEXT, or SASL_PLAINTEXT");
    }

    @Test
    void whatIsNotKnownByItsWordsIsSaidAsItIs() {
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

    /** What is said of the client's failure, in the exception that Kafka makes of it. */
    private static String handshake(
            SSLContext context,
            String host,
            String certificate,
            Consumer<SSLEngine> serversOwn,
            Consumer<SSLEngine> own)
            throws Exception {
        SSLEngine client = client(context, host, own);
        SSLEngine server = certificates.server(certificate).createSSLEngine();
        server.setUseClientMode(false);
        serversOwn.accept(server);
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
                // The next step tells the client.
            }
        }
        return "the handshake has succeeded";
    }

    private static SSLEngine client(SSLContext context, String host, Consumer<SSLEngine> own) {
        SSLEngine client = context.createSSLEngine(host, 9093);
        client.setUseClientMode(true);
        SSLParameters parameters = client.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        client.setSSLParameters(parameters);
        own.accept(client);
        return client;
    }

    /** Takes what has come and answers it. */
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
