// SPDX-License-Identifier: Apache-2.0
package io.flafka.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flafka.channel.metrics.ChannelMetrics;
import io.flafka.metrics.DeclaredMetrics;
import io.flafka.metrics.Metric;
import io.flafka.sink.SinkMetrics;
import io.flafka.source.SourceMetrics;
import io.flafka.testing.AgentCommand;
import io.flafka.testing.AgentMetrics;
import io.flafka.testing.AgentProcess;
import io.flafka.testing.FlumeHome;
import io.flafka.testing.KafkaBrokerExtension;
import io.flafka.testing.TestTopic;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The metrics of all three components in the JSON of a real agent, while all is well and while a bad record stops the sink. */
class MetricsIT {

    @RegisterExtension
    static final KafkaBrokerExtension KAFKA = KafkaBrokerExtension.shared();

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir
    private Path directory;

    private final TestTopic in = KAFKA.topic();
    private final TestTopic channel = KAFKA.topic();
    private final TestTopic out = KAFKA.topic();

    /** The sink cannot write a record of more than 2000 bytes, and stops there. */
    private String agentFile() {
        return """
                a.sources = r
                a.channels = c
                a.sinks = k
                a.sources.r.type = io.flafka.KafkaSource
                a.sources.r.kafka.bootstrap.servers = %1$s
                a.sources.r.kafka.topics = %2$s
                a.sources.r.kafka.consumer.auto.offset.reset = earliest
                a.sources.r.metrics.kafka.include = records-consumed-total, version
                a.sources.r.channels = c
                a.channels.c.type = io.flafka.KafkaChannel
                a.channels.c.kafka.bootstrap.servers = %1$s
                a.channels.c.kafka.topic = %3$s
                a.channels.c.kafka.consumer.auto.offset.reset = earliest
                a.channels.c.metrics.kafka.include = records-lag
                a.sinks.k.type = io.flafka.KafkaSink
                a.sinks.k.kafka.bootstrap.servers = %1$s
                a.sinks.k.kafka.topic = %4$s
                a.sinks.k.kafka.producer.max.request.size = 2000
                a.sinks.k.metrics.kafka.include = record-send-total
                a.sinks.k.channel = c
                """.formatted(KAFKA.bootstrapServers(), in.name(), channel.name(), out.name());
    }

    @Test
    void showsEveryDeclaredAttributeAndWhatHoldsTheSinkUp() {
        FlumeHome home = Distribution.installedIn(FlumeHome.withoutStockKafka(directory));
        in.send("one", "two", "three");

        try (AgentProcess agent =
                AgentCommand.of(home, "a", agentFile()).withMetrics().start()) {
            assertThat(out.readValues(3)).containsExactlyInAnyOrder("one", "two", "three");
            within(PATIENCE, () -> allIsWell(agent.metrics()));
            showsSelectedMetricsOfKafka(agent.metrics());

            in.send("x".repeat(5_000));

            within(PATIENCE, () -> sinkIsHeldUp(agent.metrics()));
            agent.stop();
        }
    }

    /** The agent serves its metrics some time after the start, and not all at once. */
    private static void within(Duration time, ThrowingRunnable assertions) {
        await().atMost(time)
                .ignoreExceptionsInstanceOf(UncheckedIOException.class)
                .untilAsserted(assertions);
    }

    private static void allIsWell(AgentMetrics metrics) {
        assertThat(metrics.attributes("SOURCE.r").keySet()).containsAll(names(new SourceMetrics("r")));
        assertThat(metrics.attributes("SINK.k").keySet()).containsAll(names(new SinkMetrics("k")));
        assertThat(metrics.attributes("CHANNEL.c").keySet()).containsAll(names(new ChannelMetrics("c")));
        for (String component : List.of("SOURCE.r", "SINK.k", "CHANNEL.c")) {
            assertThat(metrics.attributes(component))
                    .containsEntry("KafkaConnection", "connected")
                    .containsEntry("BadRecordCount", "0");
        }
        for (String reader : List.of("SOURCE.r", "CHANNEL.c")) {
            assertThat(metrics.counter(reader, "AssignedPartitionCount")).isPositive();
            assertThat(metrics.counter(reader, "RebalanceCount")).isPositive();
            assertThat(metrics.counter(reader, "OffsetCommitCount")).isPositive();
            assertThat(metrics.counter(reader, "ConsumerLag")).isZero();
            assertThat(metrics.counter(reader, "ConsumerLagSeconds")).isZero();
            assertThat(metrics.counter(reader, "UncommittedRecordCount")).isZero();
        }
        assertThat(metrics.counter("CHANNEL.c", "EventPutSuccessCount")).isEqualTo(3);
        assertThat(metrics.counter("CHANNEL.c", "ReadAheadRecords")).isZero();
        assertThat(metrics.counter("CHANNEL.c", "PutBatchSizeMax")).isPositive();
        assertThat(metrics.counter("SINK.k", "BatchSizeMax")).isPositive();
        assertThat(metrics.counter("SINK.k", "HeldUpMillis")).isZero();
    }

    private static List<String> names(DeclaredMetrics component) {
        return component.group().declarations().stream().map(Metric::name).toList();
    }

    private void showsSelectedMetricsOfKafka(AgentMetrics metrics) {
        assertThat(metrics.attributes("SOURCE.r"))
                .containsEntry("kafka.records-consumed-total{client-id=flafka-a-r}", "3.0")
                .containsKey("kafka.version{client-id=flafka-a-r}");
        assertThat(metrics.attributes("SINK.k")).containsEntry("kafka.record-send-total{client-id=flafka-a-k}", "3.0");
        assertThat(metrics.attributes("CHANNEL.c").keySet())
                .anyMatch(name -> name.startsWith("kafka.records-lag{client-id=flafka-a-c-consumer,partition="));
    }

    private static void sinkIsHeldUp(AgentMetrics metrics) {
        Map<String, String> sink = metrics.attributes("SINK.k");
        assertThat(sink.get("LastError")).contains("stopped at event 1 of the batch", "RecordTooLargeException");
        assertThat(metrics.counter("SINK.k", "LastErrorTime")).isGreaterThan(metrics.counter("SINK.k", "StartTime"));
        assertThat(metrics.counter("SINK.k", "HeldUpMillis")).isGreaterThan(1_000);
        assertThat(metrics.counter("SINK.k", "BadRecordCount")).isZero();
        assertThat(metrics.counter("CHANNEL.c", "ConsumerLag")).isEqualTo(1);
        assertThat(metrics.counter("CHANNEL.c", "ConsumerLagMax")).isEqualTo(1);
        assertThat(metrics.counter("CHANNEL.c", "ConsumerLagSeconds")).isPositive();
        assertThat(metrics.counter("SOURCE.r", "ConsumerLag")).isZero();
    }
}
