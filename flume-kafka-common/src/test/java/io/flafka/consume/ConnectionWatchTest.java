// SPDX-License-Identifier: Apache-2.0
package io.flafka.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.MovedClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.internals.AutoOffsetResetStrategy;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.junit.jupiter.api.Test;

/** When Kafka is asked why there is nothing to read. What is then said, an agent's log shows. */
class ConnectionWatchTest {

    /** Knows no topic, or does not answer. */
    private static final class SilentConsumer extends MockConsumer<String, byte[]> {

        private int lookUps;
        private boolean wakesUp;

        SilentConsumer() {
            super(AutoOffsetResetStrategy.EARLIEST.name());
        }

        @Override
        public synchronized Map<String, List<PartitionInfo>> listTopics(Duration timeout) {
            lookUps++;
            if (wakesUp) {
                throw new WakeupException();
            }
            throw new TimeoutException("nobody there");
        }
    }

    private final SilentConsumer consumer = new SilentConsumer();
    private final MovedClock clock = new MovedClock();
    private final ConnectionWatch watch =
            new ConnectionWatch("KafkaSource r1", "b:9092", "topic t", names -> names.contains("t"), clock);

    @Test
    void hasPatienceAndThenLooksOnceAMinute() {
        for (int second = 0; second < 130; second++) {
            watch.polled(consumer);
            clock.move(Duration.ofSeconds(1));
        }

        assertThat(consumer.lookUps).isEqualTo(3);
    }

    @Test
    void asksNothingOnceThereIsSomethingToRead() {
        consumer.assign(List.of(new TopicPartition("t", 0)));
        clock.move(Duration.ofHours(1));

        watch.polled(consumer);
        consumer.assign(List.of());
        clock.move(Duration.ofHours(1));
        watch.polled(consumer);

        assertThat(consumer.lookUps).isZero();
    }

    @Test
    void passesAWakeUpOnAndLooksAgain() {
        clock.move(Duration.ofSeconds(6));
        consumer.wakesUp = true;
        assertThatThrownBy(() -> watch.polled(consumer)).isInstanceOf(WakeupException.class);
        consumer.wakesUp = false;

        watch.polled(consumer);

        assertThat(consumer.lookUps).isEqualTo(2);
    }
}
