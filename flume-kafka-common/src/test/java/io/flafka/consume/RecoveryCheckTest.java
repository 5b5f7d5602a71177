// SPDX-License-Identifier: Apache-2.0
package io.flafka.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.internals.AutoOffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.WakeupException;
import org.junit.jupiter.api.Test;

/** A consumer has recovered only when Kafka answers for a partition that it has. */
class RecoveryCheckTest {

    private static final TopicPartition PARTITION = new TopicPartition("t", 0);

    /** Fails, or answers. */
    private static final class FailingConsumer extends MockConsumer<byte[], byte[]> {

        private RuntimeException failure = new SaslAuthenticationException("wrong password");
        private boolean answers;

        FailingConsumer() {
            super(AutoOffsetResetStrategy.EARLIEST.name());
        }

        @Override
        public synchronized Map<TopicPartition, Long> beginningOffsets(
                Collection<TopicPartition> partitions, Duration timeout) {
            if (!answers) {
                throw failure;
            }
            return Map.of(PARTITION, 0L);
        }
    }

    private final FailingConsumer consumer = new FailingConsumer();

    @Test
    void hasRecoveredWhenItHasPartitionsAndKafkaAnswers() {
        assertThat(RecoveryCheck.hasRecovered(consumer)).isFalse();

        consumer.assign(List.of(PARTITION));
        assertThat(RecoveryCheck.hasRecovered(consumer)).isFalse();

        consumer.answers = true;
        assertThat(RecoveryCheck.hasRecovered(consumer)).isTrue();
    }

    @Test
    void throwsAWakeUp() {
        consumer.assign(List.of(PARTITION));
        consumer.failure = new WakeupException();

        assertThatThrownBy(() -> RecoveryCheck.hasRecovered(consumer)).isInstanceOf(WakeupException.class);
    }

    /** With the classic protocol, Kafka's client reports the missing right only to the next call, whichever that is. */
    @Test
    void throwsAMissingRight() {
        consumer.assign(List.of(PARTITION));
        consumer.failure = new TopicAuthorizationException(Set.of("another"));

        assertThatThrownBy(() -> RecoveryCheck.hasRecovered(consumer)).isSameAs(consumer.failure);
    }
}
