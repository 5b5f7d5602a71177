// SPDX-License-Identifier: Apache-2.0
package io.flafka.dist;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.testing.AgentCommand;
import io.flafka.testing.AgentProcess;
import io.flafka.testing.FlumeHome;
import io.flafka.testing.KafkaBrokerExtension;
import io.flafka.testing.TestTopic;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * With {@code keepTombstones}, a record without a value arrives as one in a compacted topic: from a source through a Kafka channel that keeps whole events
 * and one that keeps bodies, and from a channel without a source. The sink gives its records a key and headers of the agent file.
 */
class TombstonesIT {

    @RegisterExtension
    static final KafkaBrokerExtension KAFKA = KafkaBrokerExtension.shared();

    private static final List<String> ARRIVED = List.of("k=v", "k=null", "k=", "nobody=w");

    @TempDir
    private Path directory;

    @Test
    void stayTombstonesOnEveryWay() throws Exception {
        FlumeHome home = Distribution.installedIn(FlumeHome.withoutStockKafka(directory));
        TestTopic in = KAFKA.topic();
        in.send(List.of(record(in, "k", "v"), record(in, "k", null), record(in, "k", ""), record(in, null, "w")));
        Map<String, TestTopic> outs = Map.of("whole", compacted(), "bodies", compacted(), "direct", compacted());

        try (AgentProcess agent =
                AgentCommand.of(home, "a", agentFile(in, outs)).start()) {
            for (Map.Entry<String, TestTopic> out : outs.entrySet()) {
                List<ConsumerRecord<byte[], byte[]>> records = out.getValue().read(ARRIVED.size());
                assertThat(records.stream().map(TombstonesIT::text))
                        .as(out.getKey())
                        .containsExactlyElementsOf(ARRIVED);
                assertThat(records)
                        .allSatisfy(record -> assertThat(headers(record)).containsExactly("env=test", "site=bern"));
            }
            agent.stop();
            assertThat(agent.log()).doesNotContain(" ERROR ");
        }
    }

    private static TestTopic compacted() {
        TestTopic topic = KAFKA.topic();
        topic.configure(Map.of("cleanup.policy", "compact"));
        return topic;
    }

    private static ProducerRecord<byte[], byte[]> record(
            TestTopic topic, @Nullable String key, @Nullable String value) {
        return new ProducerRecord<>(topic.name(), 0, bytes(key), bytes(value));
    }

    private static byte @Nullable [] bytes(@Nullable String text) {
        return text == null ? null : text.getBytes(UTF_8);
    }

    private static String text(ConsumerRecord<byte[], byte[]> record) {
        return new String(record.key(), UTF_8) + "="
                + (record.value() == null ? "null" : new String(record.value(), UTF_8));
    }

    private static List<String> headers(ConsumerRecord<byte[], byte[]> record) {
        List<String> headers = new ArrayList<>();
        for (Header header : record.headers()) {
            headers.add(header.key() + "=" + new String(header.value(), UTF_8));
        }
        return headers;
    }

    private static String agentFile(TestTopic in, Map<String, TestTopic> outs) {
        StringBuilder file = new StringBuilder("""
                a.sources = r
                a.channels = whole bodies direct
                a.sinks = whole bodies direct
                a.sources.r.type = io.flafka.KafkaSource
                a.sources.r.kafka.bootstrap.servers = %1$s
                a.sources.r.kafka.topics = %2$s
                a.sources.r.kafka.consumer.auto.offset.reset = earliest
                a.sources.r.keepTombstones = true
                a.sources.r.channels = whole bodies
                a.channels.whole.kafka.topic = %3$s
                a.channels.bodies.kafka.topic = %4$s
                a.channels.bodies.parseAsFlumeEvent = false
                a.channels.bodies.keepTombstones = true
                a.channels.direct.kafka.topic = %2$s
                a.channels.direct.kafka.consumer.group.id = direct
                a.channels.direct.parseAsFlumeEvent = false
                a.channels.direct.keepTombstones = true
                """.formatted(
                        in.bootstrapServers(),
                        in.name(),
                        KAFKA.topic().name(),
                        KAFKA.topic().name()));
        outs.forEach((name, out) -> file.append("""
                a.channels.%1$s.type = io.flafka.KafkaChannel
                a.channels.%1$s.kafka.bootstrap.servers = %2$s
                a.sinks.%1$s.type = io.flafka.KafkaSink
                a.sinks.%1$s.kafka.bootstrap.servers = %2$s
                a.sinks.%1$s.channel = %1$s
                a.sinks.%1$s.kafka.topic = %3$s
                a.sinks.%1$s.allowTopicOverride = false
                a.sinks.%1$s.keepTombstones = true
                a.sinks.%1$s.defaultKey = nobody
                a.sinks.%1$s.headers.constant.site = bern
                a.sinks.%1$s.headers.constant.env = test
                """.formatted(name, out.bootstrapServers(), out.name())));
        return file.toString();
    }
}
