// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.testing.KafkaBrokerExtension;
import io.flafka.testing.NumberedEvents;
import io.flafka.testing.TestTopic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flume.Context;
import org.apache.flume.EventDeliveryException;
import org.apache.flume.Sink.Status;
import org.apache.flume.conf.Configurables;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A sink with Kafka transactions: readers of committed records see a batch completely or not at all. */
@Timeout(120)
class TransactionalSinkIT {

    @RegisterExtension
    static final KafkaBrokerExtension KAFKA = KafkaBrokerExtension.shared();

    private final FaultyChannel channel = new FaultyChannel();
    private final List<SinkComponent> sinks = new ArrayList<>();

    @AfterEach
    void stop() {
        sinks.forEach(SinkComponent::stop);
        channel.stop();
        assertThat(channel.closed).hasValue(channel.opened.get());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "4"})
    void writesEveryEventOnce(String batchesInFlight) throws EventDeliveryException {
        TestTopic topic = KAFKA.topic(2);
        List<String> events = new NumberedEvents("e").next(300);
        channel.add(events.toArray(String[]::new));
        SinkComponent sink = sink(topic, Map.of("maxInFlightBatches", batchesInFlight));

        Status status = Status.READY;
        while (status == Status.READY) {
            status = sink.process();
        }

        assertThat(values(topic)).containsExactlyInAnyOrderElementsOf(events);
    }

    @Test
    void readersSeeNothingOfFailedBatch() throws EventDeliveryException {
        TestTopic topic = KAFKA.topic();
        SinkComponent sink = sink(topic, Map.of("kafka.producer.max.request.size", "1000"));
        channel.add("a", "b", "x".repeat(2000), "c");

        assertThatThrownBy(sink::process).hasMessageStartingWith("KafkaSink tx: stopped at event 3 of the batch: ");
        assertThat(values(topic)).isEmpty();
        sink.process();
        assertThatThrownBy(sink::process).hasMessageStartingWith("KafkaSink tx: stopped at event 1 of the batch: ");

        assertThat(values(topic)).containsExactly("a", "b");
    }

    @Test
    void skipsOnlyBadEvent() throws EventDeliveryException {
        TestTopic topic = KAFKA.topic();
        SinkComponent sink = sink(topic, Map.of("kafka.producer.max.request.size", "1000", "errors.tolerance", "all"));
        channel.add("a", "b", "x".repeat(2000), "c");

        Status status = Status.READY;
        while (status == Status.READY) {
            status = sink.process();
        }

        assertThat(values(topic)).containsExactly("a", "b", "c");
    }

    @Test
    void fencedSinkWritesNothingMore() throws EventDeliveryException {
        TestTopic topic = KAFKA.topic();
        SinkComponent fenced = sink(topic, Map.of("kafka.producer.client.id", "fenced"));
        channel.add("a");
        fenced.process();
        SinkComponent successor = sink(topic, Map.of("kafka.producer.client.id", "successor"));
        channel.add("b");
        successor.process();
        channel.add("c");

        for (int attempt = 0; attempt < 2; attempt++) {
            assertThatThrownBy(fenced::process)
                    .hasMessageContaining("another process has taken over the transactional id");
        }
        successor.process();

        assertThat(values(topic)).containsExactly("a", "b", "c");
    }

    private SinkComponent sink(TestTopic topic, Map<String, String> properties) {
        SinkComponent sink = new SinkComponent();
        sink.setName("tx");
        sink.setChannel(channel);
        Map<String, String> all = new HashMap<>(Map.of(
                "kafka.bootstrap.servers", topic.bootstrapServers(),
                "kafka.topic", topic.name(),
                "flumeBatchSize", "20",
                "kafka.producer.transactional.id", topic.name()));
        all.putAll(properties);
        Configurables.configure(sink, new Context(all));
        sink.start();
        sinks.add(sink);
        return sink;
    }

    private static List<String> values(TestTopic topic) {
        return topic.readToEnd().stream()
                .map(record -> new String(record.value(), UTF_8))
                .toList();
    }
}
