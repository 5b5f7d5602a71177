// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.client.ClientSettings;
import io.flafka.client.KafkaClients;
import io.flafka.testing.LiveThreads;
import io.flafka.testing.MovedClock;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import org.apache.flume.Context;
import org.apache.flume.EventDeliveryException;
import org.apache.flume.FlumeException;
import org.apache.flume.Sink.Status;
import org.apache.flume.lifecycle.LifecycleState;
import org.apache.kafka.clients.producer.Producer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The life cycle of a sink, as Flume calls it. */
class SinkComponentTest {

    private static final class FakeClients implements KafkaClients {

        private final List<RefusingProducer> created = new ArrayList<>();
        private boolean fails;

        @Override
        public Producer<String, byte[]> producer(ClientSettings settings) {
            if (fails) {
                throw new FlumeException("refused");
            }
            RefusingProducer producer = new RefusingProducer();
            created.add(producer);
            return producer;
        }
    }

    private final FakeClients clients = new FakeClients();
    private final MovedClock clock = new MovedClock();
    private final FaultyChannel channel = new FaultyChannel();
    private final SinkComponent sink = new SinkComponent(clients, clock);

    @BeforeEach
    void configure() {
        sink.setName("k-life");
        sink.setChannel(channel);
        sink.configure(context("first"));
    }

    @AfterEach
    void stop() {
        sink.stop();
        channel.stop();
    }

    @Test
    void writesOnlyAfterStart() throws EventDeliveryException {
        channel.add("a");

        assertThat(sink.process()).isEqualTo(Status.BACKOFF);
        sink.start();
        assertThat(sink.process()).isEqualTo(Status.READY);

        assertThat(clients.created.get(0).published()).containsExactly("a");
        assertThat(sink.getLifecycleState()).isEqualTo(LifecycleState.START);
    }

    @Test
    void canBeStoppedWithoutStart() {
        sink.stop();

        assertThat(clients.created).isEmpty();
        assertThat(sink.getLifecycleState()).isEqualTo(LifecycleState.STOP);
    }

    @Test
    void writesAgainAfterStopAndStart() throws EventDeliveryException {
        sink.start();
        sink.stop();
        channel.add("a");

        assertThat(sink.process()).isEqualTo(Status.BACKOFF);
        sink.start();
        sink.process();

        assertThat(clients.created.get(0).closed()).isTrue();
        assertThat(clients.created.get(1).published()).containsExactly("a");
        assertThat(clients.created).hasSize(2);
    }

    @Test
    void newConfigurationTakesEffectAtNextStart() throws EventDeliveryException {
        sink.start();
        sink.configure(context("second"));
        channel.add("a");
        sink.process();
        sink.stop();
        sink.start();
        channel.add("b");
        sink.process();

        assertThat(clients.created.get(0).history().get(0).topic()).isEqualTo("first");
        assertThat(clients.created.get(1).history().get(0).topic()).isEqualTo("second");
    }

    @Test
    void createsClientLaterIfItCannotAtStart() throws EventDeliveryException {
        clients.fails = true;
        channel.add("a");
        sink.start();
        assertThat(sink.getLifecycleState()).isEqualTo(LifecycleState.START);
        assertThatThrownBy(sink::process)
                .isInstanceOf(EventDeliveryException.class)
                .hasMessage("KafkaSink k-life: takes no events until its Kafka client can be created: refused");

        clients.fails = false;
        assertThatThrownBy(sink::process).isInstanceOf(EventDeliveryException.class);
        clock.move(Duration.ofSeconds(5));
        sink.process();

        assertThat(clients.created).hasSize(1);
        assertThat(clients.created.get(0).published()).containsExactly("a");
    }

    @Test
    void createsNoClientAfterStop() throws EventDeliveryException {
        clients.fails = true;
        sink.start();
        sink.stop();
        clients.fails = false;

        assertThat(sink.process()).isEqualTo(Status.BACKOFF);
        assertThat(clients.created).isEmpty();
    }

    @Test
    void reportsOutOfMemoryToFlumeAndRecovers() throws EventDeliveryException {
        sink.start();
        channel.add("a", "b");
        channel.heapIsFull = true;

        assertThatThrownBy(sink::process)
                .isInstanceOf(EventDeliveryException.class)
                .hasMessageStartingWith(
                        "KafkaSink k-life: out of memory (Java heap space): the batch is rolled back and will be retried. The agent's heap is ");

        channel.heapIsFull = false;
        assertThat(sink.process()).isEqualTo(Status.READY);
        assertThat(clients.created.get(0).published()).containsExactly("a", "b");
        assertThat(channel.closed).hasValue(channel.opened.get());
    }

    @Test
    void secondStartAndSecondStopDoNothing() throws EventDeliveryException {
        sink.start();
        channel.add("a");
        sink.process();

        sink.start();
        channel.add("b");
        sink.process();
        sink.stop();
        sink.stop();

        assertThat(clients.created).hasSize(1);
        assertThat(clients.created.get(0).published()).containsExactly("a", "b");
        assertThat(clients.created.get(0).closed()).isTrue();
        LiveThreads.assertNoneNamed("flafka-sink-k-life");
    }

    @Test
    void createsNoClientIfSinkHasNoChannel() {
        sink.setChannel(null);

        assertThatThrownBy(sink::start).hasMessage("No channel configured");

        assertThat(clients.created).isEmpty();
        assertThat(sink.getLifecycleState()).isNotEqualTo(LifecycleState.START);
    }

    @Test
    void reportsBatchSizeToFlume() {
        assertThat(sink.getBatchSize()).isEqualTo(7);
    }

    @Test
    void registersCountersUnderNameOfStockSink() throws MalformedObjectNameException {
        sink.start();

        assertThat(ManagementFactory.getPlatformMBeanServer()
                        .isRegistered(new ObjectName("org.apache.flume.sink:type=k-life")))
                .isTrue();
    }

    private static Context context(String topic) {
        return new Context(Map.of("kafka.bootstrap.servers", "b:9092", "kafka.topic", topic, "flumeBatchSize", "7"));
    }
}
