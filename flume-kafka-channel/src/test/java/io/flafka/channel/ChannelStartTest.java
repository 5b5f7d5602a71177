// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.channel.read.MockGroup;
import io.flafka.client.ClientSettings;
import io.flafka.client.KafkaClients;
import io.flafka.testing.LiveThreads;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flume.Context;
import org.apache.flume.FlumeException;
import org.apache.flume.lifecycle.LifecycleState;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whichever step of a channel's start fails, nothing of it is left; and a second start makes nothing twice. */
class ChannelStartTest {

    private static final AtomicInteger OPEN_DESERIALIZERS = new AtomicInteger();

    /** Kafka makes it by its name. */
    public static final class CountedDeserializer extends StringDeserializer {
        /** Counts. */
        public CountedDeserializer() {
            OPEN_DESERIALIZERS.incrementAndGet();
        }

        @Override
        public void close() {
            OPEN_DESERIALIZERS.decrementAndGet();
        }
    }

    /** Kafka makes it by its name, and cannot use it. */
    public static final class RefusingDeserializer extends ByteArrayDeserializer {
        @Override
        public void configure(Map<String, ?> properties, boolean isKey) {
            throw new IllegalStateException("no schema registry");
        }
    }

    private final List<MockGroup> consumers = new ArrayList<>();
    private final List<MockProducer<String, byte[]>> producers = new ArrayList<>();
    private int consumersBeforeRefusal = Integer.MAX_VALUE;
    private boolean refusesProducers;
    private final ChannelComponent channel = new ChannelComponent(new KafkaClients() {
        @Override
        public Consumer<byte[], byte[]> consumer(ClientSettings settings) {
            return newConsumer();
        }

        @Override
        public Producer<String, byte[]> producer(ClientSettings settings) {
            return newProducer();
        }
    });

    private Consumer<byte[], byte[]> newConsumer() {
        if (consumers.size() >= consumersBeforeRefusal) {
            throw new FlumeException("no consumer");
        }
        MockGroup made = new MockGroup();
        consumers.add(made);
        return made;
    }

    private Producer<String, byte[]> newProducer() {
        if (refusesProducers) {
            throw new FlumeException("no producer");
        }
        MockProducer<String, byte[]> made = new MockProducer<>(
                true, new RoundRobinPartitioner(), new StringSerializer(), new ByteArraySerializer());
        producers.add(made);
        return made;
    }

    @BeforeEach
    void name() {
        channel.setName("c-start");
        OPEN_DESERIALIZERS.set(0);
        configure(Map.of());
    }

    @AfterEach
    void nothingIsLeft() {
        channel.stop();
        assertThat(consumers).allMatch(MockGroup::closed);
        assertThat(producers).allMatch(MockProducer::closed);
        assertThat(OPEN_DESERIALIZERS).hasValue(0);
        LiveThreads.assertNoneOf("flafka-channel-c-start");
        assertThat(channel.getLifecycleState()).isEqualTo(LifecycleState.STOP);
    }

    @Test
    void aProducerThatCannotBeMadeLeavesNothing() {
        refusesProducers = true;

        assertThatThrownBy(channel::start).hasMessage("no producer");

        assertThat(consumers).isEmpty();
        assertThat(OPEN_DESERIALIZERS).hasValue(0);
    }

    @Test
    void deserializersThatCannotBeMadeLeaveNothing() {
        configure(Map.of("kafka.consumer.value.deserializer", RefusingDeserializer.class.getName()));

        assertThatThrownBy(channel::start).hasMessageContaining("no schema registry");

        assertThat(producers).hasSize(1).allMatch(MockProducer::closed);
        assertThat(OPEN_DESERIALIZERS).hasValue(0);
    }

    @Test
    void aConsumerThatCannotBeMadeLeavesNothing() {
        consumersBeforeRefusal = 1;

        assertThatThrownBy(channel::start).hasMessage("no consumer");

        assertThat(consumers).hasSize(1).allMatch(MockGroup::closed);
        assertThat(producers).hasSize(1).allMatch(MockProducer::closed);
        assertThat(OPEN_DESERIALIZERS).hasValue(0);
        assertThat(channel.getLifecycleState()).isNotEqualTo(LifecycleState.START);
    }

    @Test
    void afterAStartThatFailedTheNextOneMaySucceed() {
        consumersBeforeRefusal = 0;
        assertThatThrownBy(channel::start).hasMessage("no consumer");
        consumersBeforeRefusal = Integer.MAX_VALUE;

        channel.start();

        assertThat(channel.getLifecycleState()).isEqualTo(LifecycleState.START);
        assertThat(consumers).hasSize(2);
    }

    @Test
    void aSecondStartMakesNothingTwice() {
        channel.start();
        channel.start();

        assertThat(producers).hasSize(1);
        assertThat(consumers).hasSize(2);
        assertThat(OPEN_DESERIALIZERS).hasValue(1);
    }

    @Test
    void aStopWithoutAStartIsNone() {
        channel.stop();
        channel.stop();

        assertThat(producers).isEmpty();
    }

    private void configure(Map<String, String> further) {
        Map<String, String> properties = new HashMap<>(Map.of(
                "kafka.bootstrap.servers",
                "b:9092",
                "kafka.topic",
                "t",
                "consumers",
                "2",
                "kafka.consumer.key.deserializer",
                CountedDeserializer.class.getName()));
        properties.putAll(further);
        channel.configure(new Context(properties));
    }
}
