// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.client.ClientSettings;
import io.flafka.client.KafkaClients;
import io.flafka.testing.LiveThreads;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flume.ChannelSelector;
import org.apache.flume.Context;
import org.apache.flume.FlumeException;
import org.apache.flume.channel.ChannelProcessor;
import org.apache.flume.channel.ReplicatingChannelSelector;
import org.apache.flume.lifecycle.LifecycleState;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.internals.AutoOffsetResetStrategy;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The life of a source as Flume leads it: whichever step of a start fails, nothing is left, and a stop does not break what the channels do. */
@Timeout(30)
class SourceComponentTest {

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

    /** Refuses a subscription if it is to. */
    private static final class Group extends MockConsumer<byte[], byte[]> {

        private final boolean refusesSubscriptions;

        Group(boolean refusesSubscriptions) {
            super(AutoOffsetResetStrategy.EARLIEST.name());
            this.refusesSubscriptions = refusesSubscriptions;
        }

        @Override
        public synchronized void subscribe(Collection<String> topics, ConsumerRebalanceListener listener) {
            if (refusesSubscriptions) {
                throw new IllegalStateException("no subscription");
            }
            super.subscribe(topics, listener);
        }
    }

    private final List<Group> consumers = new ArrayList<>();
    private final SourceComponent source = new SourceComponent(new KafkaClients() {
        @Override
        public Consumer<byte[], byte[]> consumer(ClientSettings settings) {
            return newConsumer();
        }
    });
    private boolean refusesConsumers;
    private boolean refusesSubscriptions;

    private Consumer<byte[], byte[]> newConsumer() {
        if (refusesConsumers) {
            throw new FlumeException("no consumer");
        }
        Group made = new Group(refusesSubscriptions);
        consumers.add(made);
        return made;
    }

    @BeforeEach
    void configure() {
        source.setName("r-life");
        source.setChannelProcessor(new ChannelProcessor(noChannels()));
        OPEN_DESERIALIZERS.set(0);
        configure(Map.of());
    }

    @AfterEach
    void nothingIsLeft() {
        source.stop();
        assertThat(consumers).allMatch(Group::closed);
        assertThat(OPEN_DESERIALIZERS).hasValue(0);
        LiveThreads.assertNoneOf("flafka-source-r-life");
        assertThat(source.getLifecycleState()).isEqualTo(LifecycleState.STOP);
    }

    @Test
    void deserializersThatCannotBeMadeLeaveNothing() {
        configure(Map.of("kafka.consumer.value.deserializer", RefusingDeserializer.class.getName()));

        assertThatThrownBy(source::start).hasMessageContaining("no schema registry");

        assertThat(consumers).isEmpty();
        assertThat(OPEN_DESERIALIZERS).hasValue(0);
    }

    @Test
    void aConsumerThatCannotBeMadeLeavesNothing() {
        refusesConsumers = true;

        assertThatThrownBy(source::start).hasMessage("no consumer");

        assertThat(OPEN_DESERIALIZERS).hasValue(0);
        assertThat(source.getLifecycleState()).isNotEqualTo(LifecycleState.START);
    }

    @Test
    void aSubscriptionThatIsRefusedLeavesNothing() {
        refusesSubscriptions = true;

        assertThatThrownBy(source::start).hasMessage("no subscription");

        assertThat(consumers).hasSize(1).allMatch(Group::closed);
        assertThat(OPEN_DESERIALIZERS).hasValue(0);
    }

    @Test
    void aSourceThatFlumeHasGivenNoChannelsLeavesNothing() {
        source.setChannelProcessor(null);

        assertThatThrownBy(source::start).hasMessage("No channel processor configured");

        assertThat(consumers).hasSize(1).allMatch(Group::closed);
        assertThat(OPEN_DESERIALIZERS).hasValue(0);
    }

    @Test
    void afterAStartThatFailedTheNextOneMaySucceed() {
        refusesConsumers = true;
        assertThatThrownBy(source::start).hasMessage("no consumer");
        refusesConsumers = false;

        source.start();

        assertThat(source.getLifecycleState()).isEqualTo(LifecycleState.START);
        assertThat(consumers).hasSize(1);
    }

    @Test
    void aSecondStartMakesNothingTwice() {
        source.start();
        source.start();

        assertThat(consumers).hasSize(1);
        assertThat(OPEN_DESERIALIZERS).hasValue(1);
    }

    @Test
    void aStopWithoutAStartIsNone() {
        source.stop();

        assertThat(consumers).isEmpty();
    }

    private static ChannelSelector noChannels() {
        ReplicatingChannelSelector selector = new ReplicatingChannelSelector();
        selector.setChannels(List.of());
        return selector;
    }

    private void configure(Map<String, String> further) {
        Map<String, String> properties = new HashMap<>(Map.of(
                "kafka.bootstrap.servers",
                "b:9092",
                "kafka.topics",
                "t",
                "kafka.consumer.group.id",
                "g",
                "kafka.consumer.key.deserializer",
                CountedDeserializer.class.getName()));
        properties.putAll(further);
        source.configure(new Context(properties));
    }
}
