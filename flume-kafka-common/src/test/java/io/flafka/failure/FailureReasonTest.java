// SPDX-License-Identifier: Apache-2.0
package io.flafka.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.security.NoSuchAlgorithmException;
import java.security.UnrecoverableKeyException;
import javax.crypto.BadPaddingException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;

/** Explains a failure with its message and its deepest cause. */
class FailureReasonTest {

    @Test
    void namesTheExceptionAndItsMessage() {
        assertThat(FailureReason.of(new TopicAuthorizationException("Not authorized")))
                .isEqualTo("TopicAuthorizationException: Not authorized");
        assertThat(FailureReason.of(new KafkaException())).isEqualTo("KafkaException");
        assertThat(FailureReason.message(new KafkaException("late", new IOException("broken"))))
                .isEqualTo("late");
        assertThat(FailureReason.message(new KafkaException())).isEqualTo("null");
    }

    @Test
    void addsTheDeepestCauseIfItSaysMore() {
        assertThat(FailureReason.of(new SaslAuthenticationException(
                        "Login failed", new IllegalStateException(new IOException("no ticket")))))
                .isEqualTo("SaslAuthenticationException: Login failed (IOException: no ticket)");
        assertThat(FailureReason.of(new KafkaException(new IOException("broken"))))
                .isEqualTo("KafkaException: java.io.IOException: broken");
        assertThat(FailureReason.of(new KafkaException("late", new IOException(" "))))
                .isEqualTo("KafkaException: late");
    }

    @Test
    void suggestsTlsWhenOutOfMemory() {
        assertThat(FailureReason.of(new KafkaException("failed", new OutOfMemoryError("Java heap space"))))
                .isEqualTo(
                        "OutOfMemoryError: Java heap space; give the agent more heap (-Xmx); or, if the port of these brokers"
                                + " uses TLS, set kafka.client.security.protocol = SSL or SASL_SSL");
    }

    @Test
    void aMessageCannotForgeALineOfTheLog() {
        assertThat(FailureReason.of(new KafkaException("topic a\nERROR all is lost")))
                .isEqualTo("KafkaException: topic a\\u000aERROR all is lost");
        assertThat(FailureReason.message(new KafkaException("a\nb"))).isEqualTo("a\\u000ab");
        assertThat(FailureReason.deepest(new KafkaException("x", new IOException("a b\nc"))))
                .isEqualTo("a b\\u000ac");
    }

    @Test
    void endsAtCircularCauses() {
        Exception one = new IOException("one");
        Exception two = new KafkaException("two", one);
        one.initCause(two);

        assertThat(FailureReason.of(two)).isEqualTo("KafkaException: two (IOException: one)");
    }

    @Test
    void deepestReturnsTheDeepestMessage() {
        assertThat(FailureReason.deepest(new KafkaException("failed", new IOException("no such host"))))
                .isEqualTo("no such host");
        assertThat(FailureReason.deepest(new KafkaException("failed", new NoSuchFileException("/none.jks"))))
                .isEqualTo("java.nio.file.NoSuchFileException: /none.jks");
    }

    @Test
    void deepestNamesThePasswordsOfAKeyStoreThatDoesNotOpen() {
        Exception deepest = new UnrecoverableKeyException("failed to decrypt safe contents entry");
        Exception wrong = new IOException("keystore password was incorrect", deepest);
        Exception load = new KafkaException("Failed to load SSL keystore /a.p12 of type PKCS12", wrong);

        Exception network = new KafkaException("Failed to create new NetworkClient", load);

        assertThat(FailureReason.deepest(new KafkaException("Failed to construct kafka producer", network)))
                .isEqualTo(
                        "KafkaException: Failed to load SSL keystore /a.p12 of type PKCS12: keystore password was incorrect; check the"
                                + " file's password: kafka.client.ssl.keystore.password or kafka.client.ssl.truststore.password");
    }

    @Test
    void deepestSaysHowToEncryptAKeyThatJava17CanRead() {
        Exception unknown = new NoSuchAlgorithmException("PBES2 SecretKeyFactory not available");

        assertThat(FailureReason.deepest(new KafkaException("Invalid PEM keystore configs", unknown)))
                .isEqualTo(
                        "NoSuchAlgorithmException: PBES2 SecretKeyFactory not available: the private key is encrypted with PBES2, which"
                                + " this Java cannot read; encrypt it with openssl pkcs8 -topk8 -v1 PBE-SHA1-3DES, or use a PKCS12 file");
    }

    @Test
    void deepestNamesThePasswordOfAPrivateKeyThatDoesNotOpen() {
        Exception padding = new BadPaddingException(
                "Given final block not properly padded. Such issues can arise if a bad key is used during decryption.");

        assertThat(FailureReason.deepest(new KafkaException("failed", new KafkaException("Invalid PEM", padding))))
                .isEqualTo(
                        "KafkaException: Invalid PEM: Given final block not properly padded. Such issues can arise if a bad key is"
                                + " used during decryption.; check the password of the private key: kafka.client.ssl.key.password");
    }

    @Test
    void leavesOutAStackTraceInsideAMessage() {
        String trace = "no token: 401\n\tat some.Class.method(Class.java:1)\n\tat other";

        assertThat(FailureReason.of(new SaslAuthenticationException("refused", new IOException(trace))))
                .isEqualTo("SaslAuthenticationException: refused (IOException: no token: 401)");
        assertThat(FailureReason.deepest(new KafkaException("failed", new IOException(trace))))
                .isEqualTo("no token: 401");
    }
}
