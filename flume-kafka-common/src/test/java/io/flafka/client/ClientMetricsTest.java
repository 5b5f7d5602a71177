// SPDX-License-Identifier: Apache-2.0
package io.flafka.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.config.NamePatterns;
import io.flafka.metrics.MetricGroup;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.Gauge;
import org.apache.kafka.common.metrics.Metrics;
import org.junit.jupiter.api.Test;

/** Tests what a component shows of the metrics of its Kafka clients. */
class ClientMetricsTest {

    private final MetricGroup group = new MetricGroup();
    private final ClientMetrics clients = new ClientMetrics(group);

    ClientMetricsTest() {
        clients.declareConsumers(group);
        clients.declareProducers(group);
    }

    /** The metrics of one client, which reports them as Kafka's clients do. */
    private final class Client implements AutoCloseable {

        private final Metrics metrics = new Metrics();
        private final ClientMetricsReporter reporter = new ClientMetricsReporter();

        Client() {
            reporter.configure(Map.of(ClientMetricsReporter.METRICS, clients));
            metrics.addReporter(reporter);
        }

        MetricName has(String name, Map<String, String> tags, Object value) {
            MetricName metric = metrics.metricName(name, "producer-metrics", tags);
            metrics.addMetric(metric, (Gauge<Object>) (config, now) -> value);
            return metric;
        }

        MetricName has(String name, Object value) {
            return has(name, Map.of("client-id", "c1"), value);
        }

        @Override
        public void close() {
            metrics.close();
        }
    }

    @Test
    void saysWhetherTheClientsAreConnected() {
        assertThat(group.find("KafkaConnection")).contains("no client");

        try (Client client = new Client()) {
            assertThat(group.find("KafkaConnection")).contains("not used yet");
            client.has("connection-count", 2.0);
            client.has("connection-count", Map.of("client-id", "c1", "node-id", "n"), 5.0);
            assertThat(group.find("KafkaConnection")).contains("not connected");
            client.has("connection-creation-total", 1.0);

            assertThat(group.find("KafkaConnection")).contains("connected");
            assertThat(group.number("KafkaConnectionCount")).isEqualTo(2);
        }
        assertThat(group.find("KafkaConnection")).contains("no client");
        assertThat(group.number("KafkaConnectionCount")).isZero();
    }

    @Test
    void aConnectionThatWasLostAndIsOnlyTriedAgainIsNone() {
        try (Client client = new Client()) {
            client.has("connection-count", 1.0);
            client.has("connection-creation-total", 1.0);
            client.has("connection-close-rate", 0.1);
            assertThat(group.find("KafkaConnection")).contains("not connected");

            client.has("incoming-byte-rate", 20.0);

            assertThat(group.find("KafkaConnection")).contains("connected");
        }
    }

    @Test
    void saysThatTheLoginIsRefusedUntilOneSucceeds() {
        try (Client client = new Client()) {
            client.has("connection-count", 1.0);
            client.has("connection-creation-total", 1.0);
            client.has("failed-authentication-rate", 0.2);
            assertThat(group.find("KafkaConnection")).contains("login refused");

            client.has("successful-authentication-rate", 0.1);

            assertThat(group.find("KafkaConnection")).contains("connected");
        }
    }

    @Test
    void countsGoOnWhenAClientIsReplaced() {
        MetricName late;
        try (Client first = new Client()) {
            first.has("record-retry-total", 3.0);
            MetricName refused = first.has("failed-authentication-total", 2.0);
            first.metrics.removeMetric(refused);
            late = first.has("successful-authentication-total", 1.0);
            first.reporter.close();
            // Kafka's consumer closes its reporters before its connections.
            first.metrics.removeMetric(late);
            first.has("record-error-total", 9.0);
        }
        try (Client second = new Client()) {
            second.has("record-retry-total", 1.0);
            second.has("record-retry-total", Map.of("client-id", "c1", "topic", "t"), 1.0);
            second.has("requests-in-flight", Double.NaN);

            assertThat(group.number("RecordRetryCount")).isEqualTo(4);
            assertThat(group.number("LoginFailCount")).isEqualTo(2);
            assertThat(group.number("LoginCount")).isEqualTo(1);
            assertThat(group.number("RecordErrorCount")).isZero();
            assertThat(group.number("InFlightRequestCount")).isZero();

            group.reset();
            assertThat(group.number("LoginFailCount")).isZero();
        }
        assertThat(group.number("RecordRetryCount")).isZero();
    }

    @Test
    void aMetricThatFailsDoesNotHideTheOthers() {
        try (Client client = new Client()) {
            client.metrics.addMetric(
                    client.metrics.metricName("broken", "own", Map.of()), (Gauge<Object>) (config, now) -> {
                        throw new IllegalStateException("not ready");
                    });
            client.has("works", 1.0);
            clients.select(NamePatterns.of("*"));

            assertThat(group.find("kafka.broken{}")).contains("no value: java.lang.IllegalStateException: not ready");
            assertThat(group.find("kafka.works{client-id=c1}")).contains(1.0);
        }
    }

    @Test
    void showsOnlyTheSelectedMetrics() {
        try (Client client = new Client()) {
            client.has("records-lag", Map.of("client-id", "c1", "topic", "t", "partition", "0"), 7.0);
            client.has("version", "4.4.0");
            assertThat(group.find("kafka.version{client-id=c1}")).isEmpty();

            clients.select(NamePatterns.of("records-*,version"));

            assertThat(group.find("kafka.records-lag{client-id=c1,partition=0,topic=t}"))
                    .contains(7.0);
            assertThat(group.find("kafka.version{client-id=c1}")).contains("4.4.0");
            assertThat(group.find("kafka.count{}")).isEmpty();
        }
    }

    @Test
    void aReporterWithoutAComponentDoesNothing() {
        try (Metrics metrics = new Metrics()) {
            metrics.addReporter(new ClientMetricsReporter());
        }
        assertThat(group.find("KafkaConnection")).contains("no client");
    }

    @Test
    void theReporterIsAddedToThoseOfTheAgentFile() {
        AtomicReference<Object> reporters = new AtomicReference<>();
        KafkaClients reporting = mock(reporters).reportingTo(clients);

        reporting.consumer(new ClientSettings(Map.of("client.id", "c1")));
        assertThat(reporters.get())
                .isEqualTo("org.apache.kafka.common.metrics.JmxReporter,io.flafka.client.ClientMetricsReporter");

        reporting.producer(new ClientSettings(Map.of("client.id", "c1", "metric.reporters", "x.Own")));
        assertThat(reporters.get()).isEqualTo("x.Own,io.flafka.client.ClientMetricsReporter");
    }

    @Test
    void aSecondClientOfTheSameIdReplacesTheFirst() {
        KafkaClients reporting = mock(new AtomicReference<>()).reportingTo(clients);
        ClientSettings one = new ClientSettings(Map.of("client.id", "one"));

        reporting.producer(one);
        reporting.bytesProducer(one);
        reporting.producer(new ClientSettings(Map.of("client.id", "two")));
        reporting.consumer(one);
        assertThat(group.number("ProducerReplacedCount")).isZero();
        reporting.producer(one);
        reporting.consumer(one);

        assertThat(group.number("ProducerReplacedCount")).isEqualTo(1);
        assertThat(group.number("ConsumerReplacedCount")).isEqualTo(1);
    }

    /** Creates mock clients, and notes their {@code metric.reporters}. */
    private static KafkaClients mock(AtomicReference<Object> reporters) {
        return new KafkaClients() {
            @Override
            public Consumer<byte[], byte[]> consumer(ClientSettings settings) {
                reporters.set(settings.properties().get("metric.reporters"));
                return new MockConsumer<>("none");
            }

            @Override
            public Producer<String, byte[]> producer(ClientSettings settings) {
                reporters.set(settings.properties().get("metric.reporters"));
                return new MockProducer<>();
            }

            @Override
            public Producer<byte[], byte[]> bytesProducer(ClientSettings settings) {
                return new MockProducer<>();
            }
        };
    }
}
