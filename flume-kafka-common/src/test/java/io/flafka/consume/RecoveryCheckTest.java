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

/** A consumer reads again when Kafka answers for what it has, and not before. */
class RecoveryCheckTest {

    private static final TopicPartition PARTITION = new TopicPartition("t", 0);

    /** Is refused, or answers. */
    private static final class Refused extends MockConsumer<byte[], byte[]> {

        private RuntimeException refusal = new SaslAuthenticationException("wrong password");
        private boolean answers;

        Refused() {
            super(AutoOffsetResetStrategy.EARLIEST.name());
        }

        @Override
        public synchronized Map<TopicPartition, Long> beginningOffsets(
                Collection<TopicPartition> partitions, Duration timeout) {
            if (!answers) {
                throw refusal;
            }
            return Map.of(PARTITION, 0L);
        }
    }

    private final Refused consumer = new Refused();

    @Test
    void answersOnceItHasPartitionsAndIsNotRefused() {
        assertThat(RecoveryCheck.answers(consumer)).isFalse();

        consumer.assign(List.of(PARTITION));
        assertThat(RecoveryCheck.answers(consumer)).isFalse();

        consumer.answers = true;
        assertThat(RecoveryCheck.answers(consumer)).isTrue();
    }

    @Test
    void aWakeUpIsForThePoll() {
        consumer.assign(List.of(PARTITION));
        consumer.refusal = new WakeupException();

        assertThatThrownBy(() -> RecoveryCheck.answers(consumer)).isInstanceOf(WakeupException.class);
    }

    /** With the classic protocol Kafka's client tells it to the next call, whatever that asks, and to that one only. */
    @Test
    void aMissingRightIsForThePoll() {
        consumer.assign(List.of(PARTITION));
        consumer.refusal = new TopicAuthorizationException(Set.of("another"));

        assertThatThrownBy(() -> RecoveryCheck.answers(consumer)).isSameAs(consumer.refusal);
    }
}
