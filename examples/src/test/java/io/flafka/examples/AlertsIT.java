// SPDX-License-Identifier: Apache-2.0
package io.flafka.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.flafka.testing.CompiledJar;
import io.flafka.testing.FreePort;
import io.flafka.testing.KafkaBrokerExtension;
import io.flafka.testing.ScramListener;
import io.flafka.testing.TestDirectory;
import io.flafka.testing.TestTopic;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    private static final String FAILING_CLASS = "com.example.Failing";

    /** What a fault of an agent fires, by component and name. A sum over a whole agent has no component. */
    private static final Set<String> FAULTS = Set.of(
            "KafkaNotConnected source dead",
            "KafkaNotConnected source login",
            "KafkaLoginFails source login",
            "NoPartitionAssigned source missing",
            "FlumeHeldUp sink stuck",
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
        Optional<Path> program = Prometheus.program();
        assumeThat(program)
                .as("NOT TESTED: the alerts need Prometheus, which examples/monitoring/prometheus.sh gets on Debian")
                .isPresent();
        try (Prometheus prometheus = Prometheus.start(
                program.get(), List.of(healthyMetrics, faultyMetrics), MonitoringFiles.fasterAlerts())) {
            orders.send("one", "two", "three");
            healthyMetrics
                    .in(healthy.replacing("localhost:9092", KAFKA.bootstrapServers()))
                    .start();
            assertThat(checked.readValues(3)).hasSize(3);

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
        within(() -> assertThat(fired(prometheus, healthyMetrics)).contains("FlumeComponentMissing"));
        KAFKA.broker().kill();
        within(() -> assertThat(fired(prometheus, healthyMetrics)).contains("KafkaNotConnected source r1"));
        healthy.kill();
        within(() -> assertThat(fired(prometheus, healthyMetrics)).contains("FlumeAgentDown"));
    }

    private void startFaulty() throws IOException {
        Path jar = new CompiledJar()
                .addSource(FAILING_CLASS, failingInterceptor())
                .writeTo(directory.path().resolve("failing.jar"));
        TestTopic.create(KAFKA.cluster(), "not-events", 1).send("x");
        TestTopic.create(KAFKA.cluster(), "behind", 1).send("x".repeat(5_000));
        TestTopic.create(KAFKA.cluster(), "many", 1).send("1", "2", "3", "4", "5", "6", "7", "8", "9");
        faultyMetrics
                .in(faulty.running(faults()).withDropIn(jar).with("-Xmx256m"))
                .start();
    }

    /** A class of the operator's own, which needs a library that he has forgotten. */
    private static String failingInterceptor() {
        return """
                package com.example;
                import java.util.Map;
                import org.apache.kafka.clients.consumer.ConsumerInterceptor;
                import org.apache.kafka.clients.consumer.ConsumerRecords;
                import org.apache.kafka.clients.consumer.OffsetAndMetadata;
                import org.apache.kafka.common.TopicPartition;
                public class Failing implements ConsumerInterceptor<Object, Object> {
                    @Override public ConsumerRecords<Object, Object> onConsume(ConsumerRecords<Object, Object> records) {
                        throw new NoClassDefFoundError("com/example/Forgotten");
                    }
                    @Override public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {}
                    @Override public void close() {}
                    @Override public void configure(Map<String, ?> settings) {}
                }
                """;
    }

    /** An agent in which each component has a fault of its own. */
    private static AgentFile faults() {
        String login = LOGINS.clientProperties("a1.sources.login.kafka.consumer.", "nobody").entrySet().stream()
                .map(property -> property.getKey() + " = " + property.getValue())
                .collect(Collectors.joining("\n"));
        return new AgentFile("""
                a1.sources = dead login missing bad deadletters failing slow
                a1.channels = memory full behind broken
                a1.sinks = discarding stuck waiting
                a1.channels.memory.type = memory
                a1.channels.memory.capacity = 1000
                a1.channels.memory.transactionCapacity = 1000
                a1.channels.full.type = memory
                a1.channels.full.capacity = 4
                a1.channels.full.transactionCapacity = 4
                a1.channels.behind.type = io.flafka.KafkaChannel
                a1.channels.behind.kafka.bootstrap.servers = ${brokers}
                a1.channels.behind.kafka.topic = behind
                a1.channels.behind.parseAsFlumeEvent = false
                a1.channels.behind.kafka.consumer.auto.offset.reset = earliest
                a1.channels.broken.type = io.flafka.KafkaChannel
                a1.channels.broken.kafka.bootstrap.servers = ${brokers}
                a1.channels.broken.kafka.topic = orders
                a1.channels.broken.kafka.consumer.group.id = flume-broken
                a1.channels.broken.parseAsFlumeEvent = false
                a1.channels.broken.kafka.consumer.auto.offset.reset = earliest
                a1.channels.broken.kafka.consumer.interceptor.classes = ${failing}
                a1.sinks.waiting.type = null
                a1.sinks.waiting.channel = broken
                a1.sinks.discarding.type = null
                a1.sinks.discarding.channel = memory
                a1.sinks.stuck.type = io.flafka.KafkaSink
                a1.sinks.stuck.kafka.bootstrap.servers = ${brokers}
                a1.sinks.stuck.kafka.topic = orders-checked
                a1.sinks.stuck.kafka.producer.max.request.size = 2000
                a1.sinks.stuck.channel = behind
                """.replace("${brokers}", KAFKA.bootstrapServers()).replace("${failing}", FAILING_CLASS)
                + source("dead", "orders", "memory", "127.0.0.1:" + FreePort.find())
                + source("login", "orders", "memory", LOGINS.bootstrapServers())
                + login
                + "\n"
                + source("missing", "does-not-exist", "memory", KAFKA.bootstrapServers())
                + source("bad", "not-events", "memory", KAFKA.bootstrapServers())
                + "a1.sources.bad.useFlumeEventFormat = true\n"
                + "a1.sources.bad.errors.tolerance = all\n"
                + source("deadletters", "not-events", "memory", KAFKA.bootstrapServers())
                + "a1.sources.deadletters.useFlumeEventFormat = true\n"
                + "a1.sources.deadletters.errors.tolerance = all\n"
                + "a1.sources.deadletters.errors.deadletterqueue.topic.name = too-small\n"
                + source("failing", "orders", "memory", KAFKA.bootstrapServers())
                + "a1.sources.failing.kafka.consumer.interceptor.classes = " + FAILING_CLASS + "\n"
                + source("slow", "many", "full", KAFKA.bootstrapServers())
                + "a1.sources.slow.batchSize = 2\n"
                + "a1.sources.slow.kafka.consumer.max.poll.interval.ms = 1000\n");
    }

    private static String source(String name, String topic, String channel, String brokers) {
        return """
                a1.sources.NAME.type = io.flafka.KafkaSource
                a1.sources.NAME.kafka.bootstrap.servers = %s
                a1.sources.NAME.kafka.topics = %s
                a1.sources.NAME.kafka.consumer.group.id = flume-NAME
                a1.sources.NAME.kafka.consumer.auto.offset.reset = earliest
                a1.sources.NAME.channels = %s
                """.formatted(brokers, topic, channel).replace("NAME", name);
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

    /** Replaces the variables as the dashboard does. */
    private static String inDashboard(String query) {
        return query.replace("$instance", ".*")
                .replace("$__rate_interval", "5s")
                .replace("$__range", "5m");
    }

    private static void within(org.awaitility.core.ThrowingRunnable assertions) {
        await().atMost(PATIENCE).untilAsserted(assertions);
    }
}
