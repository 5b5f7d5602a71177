// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.client.ClientSettings;
import io.flafka.client.KafkaClients;
import io.flafka.testing.LiveThreads;
import io.flafka.testing.LogLines;
import io.flafka.testing.MovedClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flume.ChannelSelector;
import org.apache.flume.Context;
import org.apache.flume.FlumeException;
import org.apache.flume.PollableSource.Status;
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

/** Tests the life cycle of a source: whichever step of a start fails, nothing stays open. */
@Timeout(30)
class SourceComponentTest {

    private static final AtomicInteger OPEN_DESERIALIZERS = new AtomicInteger();

    /** Counts the open instances. Kafka's client creates it by class name. */
    public static final class CountedDeserializer extends StringDeserializer {
        /** Creates an open instance. */
        public CountedDeserializer() {
            OPEN_DESERIALIZERS.incrementAndGet();
        }

        @Override
        public void close() {
            OPEN_DESERIALIZERS.decrementAndGet();
        }
    }

    /** Fails in {@code configure}. Kafka's client creates it by class name. */
    public static final class FailingDeserializer extends ByteArrayDeserializer {
        @Override
        public void configure(Map<String, ?> properties, boolean isKey) {
            throw new IllegalStateException("no schema registry");
        }
    }

    /** Rejects a subscription on request. */
    private static final class Group extends MockConsumer<byte[], byte[]> {

        private final boolean rejectsSubscriptions;

        Group(boolean rejectsSubscriptions) {
            super(AutoOffsetResetStrategy.EARLIEST.name());
            this.rejectsSubscriptions = rejectsSubscriptions;
        }

        @Override
        public synchronized void subscribe(Collection<String> topics, ConsumerRebalanceListener listener) {
            if (rejectsSubscriptions) {
                throw new IllegalStateException("no subscription");
            }
            super.subscribe(topics, listener);
        }
    }

    private final List<Group> consumers = new ArrayList<>();
    private final MovedClock clock = new MovedClock();
    private final SourceComponent source = new SourceComponent(
            new KafkaClients() {
                @Override
                public Consumer<byte[], byte[]> consumer(ClientSettings settings) {
                    return newConsumer();
                }
            },
            clock);
    private boolean failsToCreateConsumers;
    private boolean rejectsSubscriptions;

    private Consumer<byte[], byte[]> newConsumer() {
        if (failsToCreateConsumers) {
            throw new FlumeException("no consumer");
        }
        Group group = new Group(rejectsSubscriptions);
        consumers.add(group);
        return group;
    }

    @BeforeEach
    void configure() {
        source.setName("r-life");
        source.setChannelProcessor(new ChannelProcessor(noChannels()));
        OPEN_DESERIALIZERS.set(0);
        configure(Map.of());
    }

    @AfterEach
    void assertNothingIsOpen() {
        source.stop();
        assertThat(consumers).allMatch(Group::closed);
        assertThat(OPEN_DESERIALIZERS).hasValue(0);
        LiveThreads.assertNoneNamed("flafka-source-r-life");
        assertThat(source.getLifecycleState()).isEqualTo(LifecycleState.STOP);
    }

    @Test
    void failingDeserializersLeaveNothingOpen() {
        configure(Map.of("kafka.consumer.value.deserializer", FailingDeserializer.class.getName()));

        assertStartFails("no schema registry");

        assertThat(consumers).isEmpty();
        assertThat(OPEN_DESERIALIZERS).hasValue(0);
    }

    @Test
    void aFailingConsumerLeavesNothingOpen() {
        failsToCreateConsumers = true;

        assertStartFails("no consumer");

        assertThat(OPEN_DESERIALIZERS).hasValue(0);
    }

    @Test
    void aRejectedSubscriptionLeavesNothingOpen() {
        rejectsSubscriptions = true;

        assertStartFails("no subscription");

        assertThat(consumers).hasSize(1).allMatch(Group::closed);
        assertThat(OPEN_DESERIALIZERS).hasValue(0);
    }

    /** Flume would start the source again every three seconds, with hundreds of log lines each time. */
    private void assertStartFails(String reason) {
        try (LogLines log = new LogLines(SourceComponent.class)) {
            source.start();
            assertThat(source.process()).isEqualTo(Status.BACKOFF);

            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .startsWith(
                            "ERROR KafkaSource r-life: cannot create its Kafka client yet, and reads nothing until it can,"
                                    + " which is tried again at least once a minute: ")
                    .contains(reason);
        }
        assertThat(source.getLifecycleState()).isEqualTo(LifecycleState.START);
    }

    @Test
    void aMissingChannelProcessorLeavesNothingOpen() {
        source.setChannelProcessor(null);

        assertThatThrownBy(source::start).hasMessage("No channel processor configured");

        assertThat(consumers).isEmpty();
        assertThat(OPEN_DESERIALIZERS).hasValue(0);
    }

    @Test
    void readsAsSoonAsTheConsumerCanBeCreated() {
        failsToCreateConsumers = true;
        assertStartFails("no consumer");
        failsToCreateConsumers = false;

        source.process();
        assertThat(consumers).isEmpty();
        clock.move(Duration.ofSeconds(5));
        source.process();

        assertThat(consumers).hasSize(1);
    }

    @Test
    void createsNoConsumerAfterAStop() {
        failsToCreateConsumers = true;
        source.start();
        source.stop();
        failsToCreateConsumers = false;
        clock.move(Duration.ofHours(1));

        assertThat(source.process()).isEqualTo(Status.BACKOFF);

        assertThat(consumers).isEmpty();
    }

    @Test
    void aSecondStartCreatesNothing() {
        source.start();
        source.start();

        assertThat(consumers).hasSize(1);
        assertThat(OPEN_DESERIALIZERS).hasValue(1);
    }

    @Test
    void aStopWithoutAStartDoesNothing() {
        source.stop();

        assertThat(consumers).isEmpty();
    }

    private static ChannelSelector noChannels() {
        ReplicatingChannelSelector selector = new ReplicatingChannelSelector();
        selector.setChannels(List.of());
        return selector;
    }

    private void configure(Map<String, String> additional) {
        Map<String, String> properties = new HashMap<>(Map.of(
                "kafka.bootstrap.servers",
                "b:9092",
                "kafka.topics",
                "t",
                "kafka.consumer.group.id",
                "g",
                "kafka.consumer.key.deserializer",
                CountedDeserializer.class.getName()));
        properties.putAll(additional);
        source.configure(new Context(properties));
    }
}
