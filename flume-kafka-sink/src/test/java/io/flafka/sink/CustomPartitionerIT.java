// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.testing.KafkaBrokerExtension;
import io.flafka.testing.TestTopic;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flume.Context;
import org.apache.flume.EventDeliveryException;
import org.apache.flume.Sink.Status;
import org.apache.flume.conf.Configurables;
import org.apache.kafka.clients.producer.Partitioner;
import org.apache.kafka.common.Cluster;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A custom partitioner that throws: its event is handled like any bad event, and other events are neither lost nor written twice. */
@Timeout(120)
class CustomPartitionerIT {

    @RegisterExtension
    static final KafkaBrokerExtension KAFKA = KafkaBrokerExtension.shared();

    private static final int ATTEMPTS = 10;
    private static final String[] EVENTS = {"one", "two", FailingPartitioner.REFUSED, "three"};

    private final TestTopic topic = KAFKA.topic();
    private final TestTopic dead = KAFKA.topic();
    private final SinkComponent sink = new SinkComponent();
    private final FaultyChannel channel = new FaultyChannel();

    /** Throws for one value. */
    public static final class FailingPartitioner implements Partitioner {

        static final String REFUSED = "nowhere";

        @Override
        public int partition(
                String topic,
                @Nullable Object key,
                byte @Nullable [] keyBytes,
                @Nullable Object value,
                byte[] valueBytes,
                Cluster cluster) {
            return Objects.requireNonNull(Map.of("one", 0, "two", 0, "three", 0).get(new String(valueBytes, UTF_8)));
        }

        @Override
        public void close() {}

        @Override
        public void configure(Map<String, ?> configs) {}
    }

    @BeforeEach
    void fill() {
        channel.add(EVENTS);
    }

    @AfterEach
    void stop() {
        sink.stop();
        channel.stop();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "tx"})
    void stopsAtBadEventWithoutTolerance(String transactionalId) throws EventDeliveryException {
        start(transactionalId, Map.of());
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            assertDeliversOrStopsAtBadEvent();
        }
        assertThatThrownBy(sink::process)
                .hasMessageContainingAll(
                        "stopped at event 1 of the batch: a record for " + topic.name(),
                        FailingPartitioner.class.getName() + " rejects the record: java.lang.NullPointerException");

        assertThat(values(topic)).containsExactly("one", "two");
    }

    private void assertDeliversOrStopsAtBadEvent() {
        try {
            sink.process();
        } catch (EventDeliveryException stopped) {
            assertThat(stopped).hasMessageContaining(FailingPartitioner.class.getName());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "tx"})
    void sendsBadEventToDeadLetterTopicWithTolerance(String transactionalId) throws EventDeliveryException {
        start(transactionalId, Map.of("errors.tolerance", "all", "errors.deadletterqueue.topic.name", dead.name()));

        while (sink.process() == Status.READY) {
            // Until the channel is empty.
        }

        assertThat(values(topic)).containsExactly("one", "two", "three");
        assertThat(values(dead)).containsExactly(FailingPartitioner.REFUSED);
        assertThat(new String(
                        dead.readToEnd()
                                .get(0)
                                .headers()
                                .lastHeader("__flume.errors.reason")
                                .value(),
                        UTF_8))
                .contains(FailingPartitioner.class.getName());
    }

    private void start(String transactionalId, Map<String, String> moreProperties) {
        Map<String, String> properties = new HashMap<>(moreProperties);
        properties.put("kafka.bootstrap.servers", topic.bootstrapServers());
        properties.put("kafka.topic", topic.name());
        properties.put("kafka.producer.partitioner.class", FailingPartitioner.class.getName());
        if (!transactionalId.isEmpty()) {
            properties.put("kafka.producer.transactional.id", transactionalId + topic.name());
        }
        sink.setName("k1");
        sink.setChannel(channel);
        Configurables.configure(sink, new Context(properties));
        sink.start();
    }

    private static List<String> values(TestTopic topic) {
        return topic.readToEnd().stream()
                .map(record -> new String(record.value(), UTF_8))
                .toList();
    }
}
