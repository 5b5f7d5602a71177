// SPDX-License-Identifier: Apache-2.0
package io.flafka.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flafka.testing.CompiledJar;
import io.flafka.testing.KafkaBrokerExtension;
import io.flafka.testing.ScramListener;
import io.flafka.testing.TestDirectory;
import io.flafka.testing.TestTopic;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Each alert of the example {@code monitoring} is fired by a real Prometheus when its fault is made in a real agent, and none by an agent without a fault. A
 * minute of the alerts takes a second here. Without the program Prometheus it is skipped, and says so; {@code .ci/run} gets the program.
 */
@Tag("full")
class AlertsIT {
    private static final ScramListener LOGINS = new ScramListener();
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** What a fault of an agent fires, by component and name. A sum over a whole agent has no component. */
    private static final Set<String> FAULTS = Set.of(
            "KafkaNotConnected source dead",
            "KafkaNotConnected source login",
            "KafkaLoginFails source login",
            "NoPartitionAssigned source missing",
            "FlumeHeldUp sink stuck",
            "FlumeHeldUp channel unusable",
            "ConsumerLagHigh channel behind",
            "FlumeHeldUp source slow",
            "ChannelAlmostFull channel full",
            "GroupExpels source slow",
            "BadRecordsSkipped source bad",
            "DeadLettersFail source deadletters",
            "KafkaClientReplaced source failing",
            "KafkaClientReplaced channel broken");

    @RegisterExtension
    static final KafkaBrokerExtension KAFKA = KafkaBrokerExtension.dedicated().with(LOGINS);

    @RegisterExtension
    final ExampleAgent healthy = ExampleAgent.of("monitoring");

    @RegisterExtension
    final ExampleAgent faulty = ExampleAgent.withoutFile();

    private final JmxExporter healthyMetrics = JmxExporter.onFreePort();
    private final JmxExporter faultyMetrics = JmxExporter.onFreePort();
    private final TestDirectory directory = TestDirectory.create("alerts");
    private final TestTopic orders = TestTopic.create(KAFKA.cluster(), "orders", 1);
    private final TestTopic checked = TestTopic.create(KAFKA.cluster(), "orders-checked", 1);

    @BeforeEach
    void createFurtherTopics() {
        TestTopic.create(KAFKA.cluster(), "flume-c1", 1);
        TestTopic.create(KAFKA.cluster(), "orders-dead-letters", 1);
        TestTopic.create(KAFKA.cluster(), "too-small", 1).configure(Map.of("max.message.bytes", "10"));
    }

    @AfterEach
    void deleteDirectory() {
        directory.close();
    }

    @Test
    void eachFaultFiresItsAlertAndAnAgentWithoutFaultFiresNone() throws IOException {
        Path program = Prometheus.programOrSkip();
        orders.send("one", "two", "three");
        healthyMetrics
                .in(healthy.replacing("localhost:9092", KAFKA.bootstrapServers()))
                .start();
        assertThat(checked.readValues(3)).hasSize(3);
        within(() -> assertThat(healthyMetrics.read()).contains("flume_sink_event_drain_success_total"));
        try (Prometheus prometheus =
                Prometheus.start(program, List.of(healthyMetrics, faultyMetrics), MonitoringFiles.fasterAlerts())) {
            startFaulty();
            within(() -> assertThat(fired(prometheus, faultyMetrics)).containsAll(FAULTS));

            assertThat(fired(prometheus, healthyMetrics)).isEmpty();
            MonitoringFiles.dashboardQueries()
                    .forEach(query -> assertThat(prometheus.query(inDashboard(query)))
                            .as(query)
                            .isNotEmpty());
            breakTheHealthyAgent(prometheus);

            assertThat(alertsOf(prometheus, "")).containsExactlyInAnyOrderElementsOf(MonitoringFiles.alertNames());
        }
    }

    private void breakTheHealthyAgent(Prometheus prometheus) {
        healthy.reload(healthy.file().replacing("k1.kafka.topic = orders-checked", "k1.kafka.topic = not allowed"));
        within(() -> assertThat(fired(prometheus, healthyMetrics)).contains("FlumeComponentMissing sink k1"));
        KAFKA.broker().kill();
        within(() -> assertThat(fired(prometheus, healthyMetrics)).contains("KafkaNotConnected source r1"));
        healthy.kill();
        within(() -> assertThat(fired(prometheus, healthyMetrics)).contains("FlumeAgentDown"));
    }

    private void startFaulty() throws IOException {
        Path jar = new CompiledJar()
                .addSource(FaultyAgent.FAILING_CLASS, FaultyAgent.failingInterceptor())
                .writeTo(directory.path().resolve("failing.jar"));
        TestTopic.create(KAFKA.cluster(), "not-events", 1).send("x");
        TestTopic.create(KAFKA.cluster(), "behind", 1).send("x".repeat(5_000));
        TestTopic.create(KAFKA.cluster(), "many", 1).send("1", "2", "3", "4", "5", "6", "7", "8", "9");
        faultyMetrics
                .in(faulty.running(FaultyAgent.file(KAFKA.bootstrapServers(), LOGINS))
                        .withDropIn(jar)
                        .with("-Xmx256m"))
                .start();
    }

    /** Returns what has been fired for an agent since the start, such as {@code KafkaNotConnected source r1}. */
    private static Set<String> fired(Prometheus prometheus, JmxExporter agent) {
        return firing(prometheus, ",instance=\"" + agent.target() + '"').stream()
                .map(alert -> (alert.get("alertname")
                                + ' '
                                + alert.getOrDefault("component", "")
                                + ' '
                                + alert.getOrDefault("name", ""))
                        .strip())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> alertsOf(Prometheus prometheus, String labels) {
        return firing(prometheus, labels).stream()
                .map(alert -> alert.get("alertname"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<Map<String, String>> firing(Prometheus prometheus, String labels) {
        return prometheus.query("max_over_time(ALERTS{alertstate=\"firing\"" + labels + "}[1h])");
    }

    /** Replaces the variables as the dashboard does, and leaves out what hides that there is no data. */
    private static String inDashboard(String query) {
        return query.replace(" or vector(0)", "")
                .replace("$instance", ".*")
                .replace("$__rate_interval", "5s")
                .replace("$__range", "5m");
    }

    private static void within(org.awaitility.core.ThrowingRunnable assertions) {
        await().atMost(PATIENCE).untilAsserted(assertions);
    }
}
