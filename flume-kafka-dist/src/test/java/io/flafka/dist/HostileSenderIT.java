// SPDX-License-Identifier: Apache-2.0
package io.flafka.dist;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flafka.testing.AgentCommand;
import io.flafka.testing.AgentProcess;
import io.flafka.testing.FlumeHome;
import io.flafka.testing.KafkaBrokerExtension;
import io.flafka.testing.TestTopic;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What someone who may write records can do to a real agent's log: fill it, or write lines into it. */
class HostileSenderIT {

    @RegisterExtension
    static final KafkaBrokerExtension KAFKA = KafkaBrokerExtension.shared();

    private static final String FORGED = "\r\n2026-01-01 00:00:00,000 ERROR forged - all is lost";
    private static final int OF_EACH_KIND = 300;
    private static final String AGENT_FILE = """
            a.sources = r
            a.channels = c
            a.sinks = k
            a.sources.r.type = io.flafka.KafkaSource
            a.sources.r.kafka.bootstrap.servers = %1$s
            a.sources.r.kafka.topics = %2$s
            a.sources.r.kafka.consumer.auto.offset.reset = earliest
            a.sources.r.headers.include = *
            a.sources.r.batchSize = 100
            a.sources.r.channels = c
            a.channels.c.type = io.flafka.KafkaChannel
            a.channels.c.kafka.bootstrap.servers = %1$s
            a.channels.c.kafka.topic = %3$s
            a.channels.c.errors.tolerance = all
            a.channels.c.errors.log.enable = true
            a.channels.c.errors.log.include.messages = true
            a.sinks.k.type = io.flafka.KafkaSink
            a.sinks.k.kafka.bootstrap.servers = %1$s
            a.sinks.k.kafka.topic = %4$s
            a.sinks.k.topicHeader = to
            a.sinks.k.partitionIdHeader = part
            a.sinks.k.timestampHeader = at
            a.sinks.k.kafka.producer.max.block.ms = 2000
            a.sinks.k.errors.tolerance = all
            a.sinks.k.errors.log.enable = true
            a.sinks.k.errors.log.include.messages = true
            a.sinks.k.channel = c
            """;

    @TempDir
    private static Path directory;

    @Test
    void theLogHasNoForgedLineAndStaysSmall() {
        FlumeHome home = Distribution.installedIn(FlumeHome.withoutStockKafka(directory));
        TestTopic in = KAFKA.topic();
        TestTopic kept = KAFKA.topic();
        TestTopic out = KAFKA.topic();
        in.send(hostile(in));
        // Not written by the channel, so not an event.
        kept.send("no event" + FORGED);
        String agentFile = AGENT_FILE.formatted(KAFKA.bootstrapServers(), in.name(), kept.name(), out.name());

        try (AgentProcess agent = AgentCommand.of(home, "a", agentFile).start()) {
            await().atMost(Duration.ofMinutes(3)).until(() -> values(out).contains("the last one"));

            assertThat(agent.log().lines()).noneMatch(line -> line.startsWith("2026-01-01 00:00:00,000"));
            assertThat(agent.log()).contains("all is lost").hasSizeLessThan(3_000_000);
        }
    }

    private static List<ProducerRecord<byte[], byte[]>> hostile(TestTopic topic) {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int i = 0; i < OF_EACH_KIND; i++) {
            records.add(record(topic, "to", "no topic " + i + FORGED));
            records.add(record(topic, "to", "x".repeat(3_000) + i));
            records.add(record(topic, "part", i + FORGED));
            records.add(record(topic, "at", i + FORGED));
            records.add(record(topic, "name" + i + FORGED, "value" + FORGED));
        }
        records.add(record(topic, "to", "no-such-topic"));
        records.add(record(topic, "part", "9".repeat(300_000)));
        records.add(topic.record("the last one"));
        return records;
    }

    private static ProducerRecord<byte[], byte[]> record(TestTopic topic, String header, String value) {
        ProducerRecord<byte[], byte[]> record = topic.record("body" + FORGED);
        record.headers().add(header, value.getBytes(UTF_8));
        return record;
    }

    private static List<String> values(TestTopic topic) {
        return topic.readToEnd().stream()
                .map(record -> new String(record.value(), UTF_8))
                .toList();
    }
}
