// SPDX-License-Identifier: Apache-2.0
package io.flafka.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flafka.testing.KafkaBrokerExtension;
import io.flafka.testing.TestTopic;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The JMX exporter shows each metric that the alerts and the dashboard use, with the values that the agent has. */
class MonitoringIT {

    @RegisterExtension
    static final KafkaBrokerExtension KAFKA = KafkaBrokerExtension.dedicated();

    @RegisterExtension
    final ExampleAgent agent = ExampleAgent.of("monitoring");

    private final JmxExporter exporter = JmxExporter.onFreePort();

    @Test
    void showsEachMetricThatAlertsAndDashboardUse() {
        TestTopic orders = TestTopic.create(KAFKA.cluster(), "orders", 1);
        TestTopic.create(KAFKA.cluster(), "flume-c1", 1);
        TestTopic.create(KAFKA.cluster(), "orders-dead-letters", 1);
        TestTopic checked = TestTopic.create(KAFKA.cluster(), "orders-checked", 1);
        orders.send("one", "two", "three");

        exporter.in(agent.replacing("localhost:9092", KAFKA.bootstrapServers())
                        .replacing("= request-latency-avg", "= request-latency-avg, request-total, record-send-total"))
                .start();

        assertThat(checked.readValues(3)).containsExactly("one", "two", "three");
        await().atMost(Duration.ofMinutes(1))
                .ignoreExceptionsInstanceOf(UncheckedIOException.class)
                .untilAsserted(() -> assertThat(exporter.read())
                        .contains("flume_sink_kafka_record_send_total{client_id=\"flafka-a1-k1\",component=\"sink\"")
                        .contains("node_id=\"node-0\"")
                        .contains("flume_sink_connection_opened_total")
                        .contains("flume_source_event_accepted_total{component=\"source\",name=\"r1\"} 3.0")
                        .contains("flume_channel_event_take_success_total{component=\"channel\",name=\"c1\"} 3.0")
                        .contains("flume_sink_event_drain_success_total{component=\"sink\",name=\"k1\"} 3.0")
                        .contains(
                                "flume_sink_kafka_connection{component=\"sink\",name=\"k1\",state=\"connected\"} 1.0"));
        assertThat(exporter.metrics()).containsAll(MonitoringFiles.metrics());
        assertThat(agent.stop()).isEmpty();
    }
}
