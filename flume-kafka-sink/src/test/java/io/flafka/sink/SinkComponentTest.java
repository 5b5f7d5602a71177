// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.client.ClientSettings;
import io.flafka.client.KafkaClients;
import io.flafka.testing.LiveThreads;
import java.lang.management.ManagementFactory;
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

/** The life of a sink as Flume leads it. */
class SinkComponentTest {

    /** Remembers what it made. */
    private static final class Producers implements KafkaClients {

        private final List<PickyProducer> made = new ArrayList<>();
        private boolean refuses;

        @Override
        public Producer<String, byte[]> producer(ClientSettings settings) {
            if (refuses) {
                throw new FlumeException("refused");
            }
            PickyProducer producer = new PickyProducer();
            made.add(producer);
            return producer;
        }
    }

    private final Producers producers = new Producers();
    private final FaultyChannel channel = new FaultyChannel();
    private final SinkComponent sink = new SinkComponent(producers);

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
    void writesAfterItsStartAndNotBefore() throws EventDeliveryException {
        channel.add("a");

        assertThat(sink.process()).isEqualTo(Status.BACKOFF);
        sink.start();
        assertThat(sink.process()).isEqualTo(Status.READY);

        assertThat(producers.made.get(0).published()).containsExactly("a");
        assertThat(sink.getLifecycleState()).isEqualTo(LifecycleState.START);
    }

    @Test
    void mayBeStoppedWithoutAStart() {
        sink.stop();

        assertThat(producers.made).isEmpty();
        assertThat(sink.getLifecycleState()).isEqualTo(LifecycleState.STOP);
    }

    @Test
    void goesOnAfterAStopAndAnotherStart() throws EventDeliveryException {
        sink.start();
        sink.stop();
        channel.add("a");

        assertThat(sink.process()).isEqualTo(Status.BACKOFF);
        sink.start();
        sink.process();

        assertThat(producers.made.get(0).closed()).isTrue();
        assertThat(producers.made.get(1).published()).containsExactly("a");
        assertThat(producers.made).hasSize(2);
    }

    @Test
    void aNewConfigurationTakesEffectAtTheNextStart() throws EventDeliveryException {
        sink.start();
        sink.configure(context("second"));
        channel.add("a");
        sink.process();
        sink.stop();
        sink.start();
        channel.add("b");
        sink.process();

        assertThat(producers.made.get(0).history().get(0).topic()).isEqualTo("first");
        assertThat(producers.made.get(1).history().get(0).topic()).isEqualTo("second");
    }

    @Test
    void aClientThatCannotBeMadeIsMadeOnceItCanAndUntilThenAGroupGoesOnWithItsOtherSinks()
            throws EventDeliveryException {
        producers.refuses = true;
        channel.add("a");
        sink.start();
        assertThat(sink.getLifecycleState()).isEqualTo(LifecycleState.START);
        assertThatThrownBy(sink::process)
                .isInstanceOf(EventDeliveryException.class)
                .hasMessage("KafkaSink k-life: nothing is taken: refused");

        producers.refuses = false;
        sink.process();

        assertThat(producers.made).hasSize(1);
        assertThat(producers.made.get(0).published()).containsExactly("a");
    }

    @Test
    void stoppedBeforeItsClientCouldBeMadeItMakesNone() throws EventDeliveryException {
        producers.refuses = true;
        sink.start();
        sink.stop();
        producers.refuses = false;

        assertThat(sink.process()).isEqualTo(Status.BACKOFF);
        assertThat(producers.made).isEmpty();
    }

    @Test
    void goesOnAfterALackOfMemoryWhichItTellsFlume() throws EventDeliveryException {
        sink.start();
        channel.add("a", "b");
        channel.heapIsFull = true;

        assertThatThrownBy(sink::process)
                .isInstanceOf(EventDeliveryException.class)
                .hasMessageStartingWith(
                        "KafkaSink k-life: out of memory (Java heap space): the batch is given back and tried again. The agent's heap is ");

        channel.heapIsFull = false;
        assertThat(sink.process()).isEqualTo(Status.READY);
        assertThat(producers.made.get(0).published()).containsExactly("a", "b");
        assertThat(channel.closed).hasValue(channel.opened.get());
    }

    @Test
    void startedAgainItGoesOnWithWhatItHas() throws EventDeliveryException {
        sink.start();
        channel.add("a");
        sink.process();

        sink.start();
        channel.add("b");
        sink.process();
        sink.stop();
        sink.stop();

        assertThat(producers.made).hasSize(1);
        assertThat(producers.made.get(0).published()).containsExactly("a", "b");
        assertThat(producers.made.get(0).closed()).isTrue();
        LiveThreads.assertNoneOf("flafka-sink-k-life");
    }

    @Test
    void aSinkThatFlumeHasGivenNoChannelLeavesNothing() {
        sink.setChannel(null);

        assertThatThrownBy(sink::start).hasMessage("No channel configured");

        assertThat(producers.made).isEmpty();
        assertThat(sink.getLifecycleState()).isNotEqualTo(LifecycleState.START);
    }

    @Test
    void itsBatchSizeIsThereForFlumeToCheck() {
        assertThat(sink.getBatchSize()).isEqualTo(7);
    }

    @Test
    void itsCountersAreThereUnderStocksName() throws MalformedObjectNameException {
        sink.start();

        assertThat(ManagementFactory.getPlatformMBeanServer()
                        .isRegistered(new ObjectName("org.apache.flume.sink:type=k-life")))
                .isTrue();
    }

    private static Context context(String topic) {
        return new Context(Map.of("kafka.bootstrap.servers", "b:9092", "kafka.topic", topic, "flumeBatchSize", "7"));
    }
}
