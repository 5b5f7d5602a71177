// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.channel.put.FirstPutPublisher;
import io.flafka.channel.read.MockGroup;
import io.flafka.client.ClientSettings;
import io.flafka.client.KafkaClients;
import io.flafka.testing.LiveThreads;
import io.flafka.testing.LogLines;
import io.flafka.testing.MovedClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flume.ChannelException;
import org.apache.flume.Context;
import org.apache.flume.FlumeException;
import org.apache.flume.Transaction;
import org.apache.flume.event.SimpleEvent;
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

/** Tests that a failed start closes everything it opened, and that a second start opens nothing twice. */
class ChannelStartTest {

    private static final AtomicInteger OPEN_DESERIALIZERS = new AtomicInteger();

    /** Created by its class name. Counts the open instances. */
    public static final class CountedDeserializer extends StringDeserializer {
        public CountedDeserializer() {
            OPEN_DESERIALIZERS.incrementAndGet();
        }

        @Override
        public void close() {
            OPEN_DESERIALIZERS.decrementAndGet();
        }
    }

    /** Created by its class name. Cannot be configured. */
    public static final class FailingDeserializer extends ByteArrayDeserializer {
        @Override
        public void configure(Map<String, ?> properties, boolean isKey) {
            throw new IllegalStateException("no schema registry");
        }
    }

    private final List<MockGroup> consumers = new ArrayList<>();
    private final List<MockProducer<String, byte[]>> producers = new ArrayList<>();
    private int consumersBeforeFailure = Integer.MAX_VALUE;
    private boolean producersFail;
    private int consumersAsked;
    private int producersAsked;
    private final MovedClock clock = new MovedClock();
    private final ChannelComponent channel = new ChannelComponent(
            new KafkaClients() {
                @Override
                public Consumer<byte[], byte[]> consumer(ClientSettings settings) {
                    return newConsumer();
                }

                @Override
                public Producer<String, byte[]> producer(ClientSettings settings) {
                    return newProducer();
                }
            },
            clock);

    private Consumer<byte[], byte[]> newConsumer() {
        consumersAsked++;
        if (consumers.size() >= consumersBeforeFailure) {
            throw new FlumeException("no consumer");
        }
        MockGroup made = new MockGroup();
        consumers.add(made);
        return made;
    }

    private Producer<String, byte[]> newProducer() {
        producersAsked++;
        if (producersFail) {
            throw new FlumeException("no producer");
        }
        MockProducer<String, byte[]> made = new MockProducer<>(
                true, new RoundRobinPartitioner(), new StringSerializer(), new ByteArraySerializer());
        producers.add(made);
        return made;
    }

    @BeforeEach
    void setUp() {
        channel.setName("c-start");
        OPEN_DESERIALIZERS.set(0);
        configure(Map.of());
    }

    @AfterEach
    void assertNothingIsOpen() {
        channel.stop();
        assertThat(consumers).allMatch(MockGroup::closed);
        assertThat(producers).allMatch(MockProducer::closed);
        assertThat(OPEN_DESERIALIZERS).hasValue(0);
        LiveThreads.assertNoneNamed("flafka-channel-c-start");
        assertThat(channel.getLifecycleState()).isEqualTo(LifecycleState.STOP);
    }

    /** Kafka's producer asks for a producer id as soon as it exists, and without a right to write it never stops to ask. */
    @Test
    void aChannelThatOnlyDeliversHasNoProducer() {
        channel.start();

        assertThat(consumers).hasSize(2);
        assertThat(producers).isEmpty();
    }

    @Test
    void putsFailUntilTheProducerCanBeCreated() {
        producersFail = true;
        channel.start();

        try (LogLines log = new LogLines(FirstPutPublisher.class)) {
            for (int i = 0; i < 100; i++) {
                assertThatThrownBy(this::put)
                        .isInstanceOf(ChannelException.class)
                        .hasMessage("KafkaChannel c-start: cannot put events now: no producer");
            }
            assertThat(log.lines())
                    .containsExactly(
                            "ERROR KafkaChannel c-start: cannot create its Kafka producer yet; puts fail until it can, which"
                                    + " is tried again at least once a minute: no producer");
        }
        assertThat(producersAsked).isEqualTo(1);

        producersFail = false;
        clock.move(Duration.ofSeconds(5));
        put();

        assertThat(producers)
                .singleElement()
                .satisfies(made -> assertThat(made.history()).hasSize(1));
    }

    @Test
    void closesEverythingIfADeserializerCannotBeCreated() {
        configure(Map.of("kafka.consumer.value.deserializer", FailingDeserializer.class.getName()));

        assertStartFails("no schema registry");

        assertThat(producers).isEmpty();
        assertThat(OPEN_DESERIALIZERS).hasValue(0);
    }

    @Test
    void closesEverythingIfAConsumerCannotBeCreated() {
        consumersBeforeFailure = 1;

        assertStartFails("no consumer");

        assertThat(consumers).hasSize(1).allMatch(MockGroup::closed);
        assertThat(producers).isEmpty();
        assertThat(OPEN_DESERIALIZERS).hasValue(0);
    }

    /** Flume waits for a channel whose start fails, with all components of the agent. */
    private void assertStartFails(String reason) {
        try (LogLines log = new LogLines(ChannelComponent.class)) {
            channel.start();

            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .startsWith(
                            "ERROR KafkaChannel c-start: cannot create its Kafka clients yet; puts and takes fail until it"
                                    + " can, which is tried again at least once a minute: ")
                    .contains(reason);
        }
        assertThat(channel.getLifecycleState()).isEqualTo(LifecycleState.START);
        assertThatThrownBy(this::put)
                .isInstanceOf(ChannelException.class)
                .hasMessageStartingWith(
                        "KafkaChannel c-start: neither stores nor delivers events until its Kafka clients can be created: ")
                .hasMessageContaining(reason);
    }

    private void put() {
        Transaction transaction = channel.getTransaction();
        transaction.begin();
        try {
            channel.put(new SimpleEvent());
            transaction.commit();
        } catch (ChannelException failed) {
            transaction.rollback();
            throw failed;
        } finally {
            transaction.close();
        }
    }

    @Test
    void worksAsSoonAsTheClientsCanBeCreated() {
        consumersBeforeFailure = 0;
        assertStartFails("no consumer");
        consumersBeforeFailure = Integer.MAX_VALUE;

        clock.move(Duration.ofSeconds(5));
        put();

        assertThat(producers.get(producers.size() - 1).history()).hasSize(1);
        assertThat(consumers).hasSize(2);
    }

    @Test
    void doesNotCreateClientsAfterAStop() {
        producersFail = true;
        channel.start();
        channel.stop();
        producersFail = false;
        clock.move(Duration.ofHours(1));

        assertThatThrownBy(this::put).hasMessage("KafkaChannel c-start: the channel is not running");

        assertThat(producers).isEmpty();
    }

    @Test
    void failingPutsDoNotCreateClientsAgainAndAgain() {
        consumersBeforeFailure = 0;
        channel.start();

        for (int i = 0; i < 100; i++) {
            assertThatThrownBy(this::put).isInstanceOf(ChannelException.class);
        }

        assertThat(consumersAsked).isEqualTo(1);
    }

    @Test
    void aSecondStartDoesNothing() {
        channel.start();
        channel.start();

        assertThat(consumers).hasSize(2);
        assertThat(OPEN_DESERIALIZERS).hasValue(1);
    }

    @Test
    void aStopWithoutAStartDoesNothing() {
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
