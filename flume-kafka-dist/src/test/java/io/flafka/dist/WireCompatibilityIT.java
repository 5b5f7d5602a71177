// SPDX-License-Identifier: Apache-2.0
package io.flafka.dist;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.testing.AgentCommand;
import io.flafka.testing.AgentProcess;
import io.flafka.testing.FlumeHome;
import io.flafka.testing.FreePort;
import io.flafka.testing.KafkaBrokerExtension;
import io.flafka.testing.NetcatClient;
import io.flafka.testing.TestTopic;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Flume's own channel and ours alternate on one topic and in one group. Each takes the events of the other, and
 * continues at its offsets.
 */
class WireCompatibilityIT {

    @RegisterExtension
    static final KafkaBrokerExtension KAFKA = KafkaBrokerExtension.shared();

    private static final String STOCK = "org.apache.flume.channel.kafka.KafkaChannel";
    private static final String OURS = "io.flafka.KafkaChannel";

    @TempDir
    private Path directory;

    @Test
    void stockChannelAndOursReadEachOthersEventsAndShareOffsets() throws IOException {
        FlumeHome home = Distribution.installedIn(FlumeHome.withStockKafka(directory));
        TestTopic topic = KAFKA.topic();
        TestTopic out = KAFKA.topic();

        putAndTake(home, STOCK, topic, out, List.of("one", "two"), 2);
        put(home, STOCK, topic, "three");
        putAndTake(home, OURS, topic, out, List.of("four"), 4);
        put(home, OURS, topic, "five");
        putAndTake(home, STOCK, topic, out, List.of("six"), 6);

        List<ConsumerRecord<byte[], byte[]>> delivered = out.readToEnd();
        assertThat(delivered)
                .extracting(record -> new String(record.value(), UTF_8))
                .containsExactly("one", "two", "three", "four", "five", "six");
        assertThat(delivered)
                .allSatisfy(record -> assertThat(
                                new String(record.headers().lastHeader("x-host").value(), UTF_8))
                        .isEqualTo("größte"));
        assertThat(topic.committed("wire")).isEqualTo(Map.of(0, 6L));
    }

    private static void putAndTake(
            FlumeHome home, String type, TestTopic topic, TestTopic out, List<String> lines, int deliveredThen)
            throws IOException {
        int port = FreePort.find();
        String agentFile = source(port) + channel(type, topic) + """
                a.sinks = k
                a.sinks.k.type = org.apache.flume.sink.kafka.KafkaSink
                a.sinks.k.kafka.bootstrap.servers = %s
                a.sinks.k.kafka.topic = %s
                a.sinks.k.header.host = x-host
                a.sinks.k.channel = c
                """.formatted(out.bootstrapServers(), out.name());
        try (AgentProcess agent = AgentCommand.of(home, "a", agentFile).start();
                NetcatClient netcat = NetcatClient.connect(port)) {
            netcat.send(lines);
            out.read(deliveredThen);
            agent.stop();
        }
    }

    private static void put(FlumeHome home, String type, TestTopic topic, String line) throws IOException {
        int port = FreePort.find();
        try (AgentProcess agent = AgentCommand.of(home, "a", source(port) + channel(type, topic))
                        .start();
                NetcatClient netcat = NetcatClient.connect(port)) {
            netcat.send(line);
            agent.stop();
        }
    }

    private static String source(int port) {
        return """
                a.sources = lines
                a.channels = c
                a.sources.lines.type = netcat
                a.sources.lines.bind = 127.0.0.1
                a.sources.lines.port = %d
                a.sources.lines.interceptors = host
                a.sources.lines.interceptors.host.type = static
                a.sources.lines.interceptors.host.key = host
                a.sources.lines.interceptors.host.value = gr\\u00f6\\u00dfte
                a.sources.lines.channels = c
                """.formatted(port);
    }

    private static String channel(String type, TestTopic topic) {
        return """
                a.channels.c.type = %s
                a.channels.c.kafka.bootstrap.servers = %s
                a.channels.c.kafka.topic = %s
                a.channels.c.kafka.consumer.group.id = wire
                """.formatted(type, topic.bootstrapServers(), topic.name());
    }
}
