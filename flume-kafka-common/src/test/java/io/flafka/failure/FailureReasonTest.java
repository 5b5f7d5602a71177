// SPDX-License-Identifier: Apache-2.0
package io.flafka.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.security.UnrecoverableKeyException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;

/** What is said of a failure and of what lies below it. */
class FailureReasonTest {

    @Test
    void saysTheKindAndTheMessage() {
        assertThat(FailureReason.of(new TopicAuthorizationException("Not authorized")))
                .isEqualTo("TopicAuthorizationException: Not authorized");
        assertThat(FailureReason.of(new KafkaException())).isEqualTo("KafkaException");
        assertThat(FailureReason.message(new KafkaException("late", new IOException("broken"))))
                .isEqualTo("late");
        assertThat(FailureReason.message(new KafkaException())).isEqualTo("null");
    }

    @Test
    void addsWhatLiesDeepestIfItSaysMore() {
        assertThat(FailureReason.of(new SaslAuthenticationException(
                        "Login failed", new IllegalStateException(new IOException("no ticket")))))
                .isEqualTo("SaslAuthenticationException: Login failed (IOException: no ticket)");
        assertThat(FailureReason.of(new KafkaException(new IOException("broken"))))
                .isEqualTo("KafkaException: java.io.IOException: broken");
        assertThat(FailureReason.of(new KafkaException("late", new IOException(" "))))
                .isEqualTo("KafkaException: late");
    }

    @Test
    void namesTlsWhereMemoryEnds() {
        assertThat(FailureReason.of(new KafkaException("failed", new OutOfMemoryError("Java heap space"))))
                .isEqualTo(
                        "OutOfMemoryError: Java heap space; give the agent more heap (-Xmx), or, if this is its first word with the"
                                + " brokers, their port speaks TLS: then set kafka.client.security.protocol = SSL, or SASL_SSL");
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
    void endsWhereCausesGoRound() {
        Exception one = new IOException("one");
        Exception two = new KafkaException("two", one);
        one.initCause(two);

        assertThat(FailureReason.of(two)).isEqualTo("KafkaException: two (IOException: one)");
    }

    @Test
    void ofAClientThatRefusesItsSettingsItSaysTheDeepest() {
        assertThat(FailureReason.deepest(new KafkaException("failed", new IOException("no such host"))))
                .isEqualTo("no such host");
        assertThat(FailureReason.deepest(new KafkaException("failed", new NoSuchFileException("/none.jks"))))
                .isEqualTo("java.nio.file.NoSuchFileException: /none.jks");
    }

    @Test
    void namesThePasswordsOfAFileThatDoesNotOpen() {
        Exception deepest = new UnrecoverableKeyException("failed to decrypt safe contents entry");
        Exception wrong = new IOException("keystore password was incorrect", deepest);
        Exception load = new KafkaException("Failed to load SSL keystore /a.p12 of type PKCS12", wrong);

        assertThat(FailureReason.deepest(new KafkaException("Failed to construct kafka producer", load)))
                .isEqualTo(
                        "KafkaException: Failed to load SSL keystore /a.p12 of type PKCS12: keystore password was incorrect; set"
                                + " kafka.client.ssl.keystore.password or kafka.client.ssl.truststore.password, whichever is that file's");
    }
}
