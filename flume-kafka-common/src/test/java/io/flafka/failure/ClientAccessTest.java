// SPDX-License-Identifier: Apache-2.0
package io.flafka.failure;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.failure.ClientAccess.TopicUse;
import java.io.IOException;
import java.security.cert.CertificateExpiredException;
import java.util.Set;
import javax.net.ssl.SSLHandshakeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.IllegalSaslStateException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnsupportedSaslMechanismException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The words for each kind of failure, with brokers, user and what to do. */
class ClientAccessTest {

    private static final ClientAccess READER =
            new ClientAccess("a:1,b:1", "SASL_SSL", "user 'app' (SASL_SSL, PLAIN)", TopicUse.READS);
    private static final ClientAccess WRITER = new ClientAccess("a:1", "SSL", "the certificate", TopicUse.WRITES);

    @Test
    void namesBrokersUserAndPropertyOfARefusedLogin() {
        assertThat(READER.reason(new SaslAuthenticationException("Invalid username or password")))
                .isEqualTo("kafka.bootstrap.servers=a:1,b:1 rejects the login of user 'app' (SASL_SSL, PLAIN)"
                        + " (SaslAuthenticationException: Invalid username or password); check kafka.client.sasl.jaas.config, and that the"
                        + " brokers know this user");
    }

    @Test
    void findsTheRefusedLoginBelowOtherFailures() {
        Exception refused = new SaslAuthenticationException("wrong", new IOException("no ticket"));

        assertThat(READER.reason(new KafkaException("failed", refused)))
                .startsWith("kafka.bootstrap.servers=a:1,b:1 rejects the login of user 'app'")
                .contains("no ticket");
    }

    @Test
    void namesThePropertyOfAMechanismThatIsNotEnabled() {
        assertThat(READER.reason(new UnsupportedSaslMechanismException("enabled mechanisms are [SCRAM-SHA-512]")))
                .isEqualTo(
                        "kafka.bootstrap.servers=a:1,b:1 does not accept the mechanism of user 'app' (SASL_SSL, PLAIN)"
                                + " (UnsupportedSaslMechanismException: enabled mechanisms are [SCRAM-SHA-512]); set kafka.client.sasl.mechanism to"
                                + " one that the brokers have enabled");
    }

    @Test
    void namesThePropertyOfAPortWithoutLogin() {
        assertThat(READER.reason(new IllegalSaslStateException("Unexpected handshake request")))
                .isEqualTo(
                        "kafka.bootstrap.servers=a:1,b:1 has no login, but this client logs in as user 'app' (SASL_SSL, PLAIN)"
                                + " (IllegalSaslStateException: Unexpected handshake request); use the brokers' port with a login, or set"
                                + " kafka.client.security.protocol = SSL, or PLAINTEXT");
    }

    @Test
    void namesTheBrokersOfAFailedHandshake() {
        SSLHandshakeException handshake = new SSLHandshakeException("failed");
        handshake.initCause(new CertificateExpiredException("NotAfter: Sat Jan 01 00:00:00 UTC 2022"));

        assertThat(WRITER.reason(new SslAuthenticationException("SSL handshake failed", handshake)))
                .isEqualTo(
                        "no TLS connection to kafka.bootstrap.servers=a:1: the broker's certificate, or the certificate of an"
                                + " authority that signed it, has expired (NotAfter: Sat Jan 01 00:00:00 UTC 2022); renew it");
    }

    @Test
    void namesUserAndOperationOfADeniedTopic() {
        TopicAuthorizationException denied = new TopicAuthorizationException(Set.of("t2", "t1"));

        assertThat(READER.reason(denied))
                .endsWith("; allow user 'app' (SASL_SSL, PLAIN) the ACL operation Read on topic t1, t2");
        assertThat(WRITER.reason(denied)).endsWith("; allow the certificate the ACL operation Write on topic t1, t2");
    }

    @Test
    void namesUserAndGroupOfADeniedGroup() {
        assertThat(READER.reason(GroupAuthorizationException.forGroupId("g")))
                .isEqualTo(
                        "GroupAuthorizationException: Not authorized to access group: g; allow user 'app' (SASL_SSL, PLAIN) the ACL"
                                + " operation Read on group g");
    }

    @Test
    void namesTheUserOfAnyOtherDeniedRight() {
        assertThat(WRITER.reason(new ClusterAuthorizationException("Cluster authorization failed.")))
                .isEqualTo("ClusterAuthorizationException: Cluster authorization failed.; allow it to the certificate");
    }

    @Test
    void leavesOtherFailuresAsTheyAre() {
        assertThat(READER.reason(new KafkaException("late"))).isEqualTo("KafkaException: late");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            PLAINTEXT      | kafka.bootstrap.servers=a:1 (late)
            SASL_PLAINTEXT | kafka.bootstrap.servers=a:1 (late)
            SSL            | kafka.bootstrap.servers=a:1 with security.protocol=SSL (late); a port without TLS, or with a login, would not answer either
            SASL_SSL       | kafka.bootstrap.servers=a:1 with security.protocol=SASL_SSL (late); a port without TLS would not answer either
            """)
    void saysWhyAClientWithTlsMayGetNoAnswer(String protocol, String words) {
        ClientAccess access = new ClientAccess("a:1", protocol, "u", TopicUse.WRITES);

        assertThat(access.noAnswer("late")).isEqualTo(words);
    }
}
