// SPDX-License-Identifier: Apache-2.0
package io.flafka.failure;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.event.UnwritableEventException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.junit.jupiter.api.Test;

/** Recognizes the failures after which a producer must be replaced. */
class UnusableClientTest {

    @Test
    void refusedLoginAnywhereAmongTheCauses() {
        for (Exception refused : new Exception[] {
            new SaslAuthenticationException("no"), new SslAuthenticationException("no"),
        }) {
            assertThat(UnusableClient.isCausedBy(new ExecutionException(refused)))
                    .isTrue();
            assertThat(UnusableClient.isLoginRefused(new ExecutionException(refused)))
                    .isTrue();
        }
    }

    @Test
    void errorState() {
        for (Exception fatal : new Exception[] {
            new KafkaException(
                    "Cannot execute transactional method because we are in an error state", new KafkaException()),
            new ClusterAuthorizationException("no"),
            new TransactionalIdAuthorizationException("no"),
            new UnsupportedVersionException("old"),
            new ProducerFencedException("newer"),
            new InvalidProducerEpochException("newer"),
            new IllegalStateException("Cannot perform operation after producer has been closed"),
        }) {
            assertThat(UnusableClient.isCausedBy(fatal)).as(fatal.toString()).isTrue();
            assertThat(UnusableClient.isLoginRefused(fatal)).isFalse();
        }
    }

    @Test
    void notTemporaryFailuresOrThoseOfARecord() {
        for (Exception passing : new Exception[] {
            new TimeoutException("late", new TimeoutException("later")),
            new TopicAuthorizationException("t"),
            new KafkaException("Producer is closed forcefully."),
            new UnwritableEventException("no number"),
        }) {
            assertThat(UnusableClient.isCausedBy(passing))
                    .as(passing.toString())
                    .isFalse();
        }
        assertThat(UnusableClient.isCausedBy(null)).isFalse();
    }
}
