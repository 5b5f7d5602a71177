// SPDX-License-Identifier: Apache-2.0
package io.flafka.dist;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.testing.AgentCommand;
import io.flafka.testing.AgentProcess;
import io.flafka.testing.FlumeHome;
import io.flafka.testing.KafkaBrokerExtension;
import io.flafka.testing.ScramListener;
import io.flafka.testing.TestTopic;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Dead letters of a source, a channel and a sink that writes in Kafka transactions, in another cluster, which requires a login. The cluster of the events
 * requires none.
 */
@Tag("full")
class DeadLetterClusterIT {

    private static final ScramListener SCRAM = new ScramListener();

    @RegisterExtension
    static final KafkaBrokerExtension KAFKA = KafkaBrokerExtension.shared();

    @RegisterExtension
    static final KafkaBrokerExtension OTHER = KafkaBrokerExtension.dedicated().with(SCRAM);

    private static final byte[] NO_EVENT = {0x7f, 1, 2};
    private static final String LARGE = "x".repeat(5_000);

    @TempDir
    private Path directory;

    @Test
    void takesTheDeadLettersOfAllComponents() throws Exception {
        FlumeHome home = Distribution.installedIn(FlumeHome.withoutStockKafka(directory));
        SCRAM.addUser(OTHER.cluster(), "letters");
        TestTopic dead = OTHER.topic();
        TestTopic in = KAFKA.topic();
        TestTopic channel = KAFKA.topic();
        TestTopic out = KAFKA.topic();
        for (TestTopic topic : List.of(in, channel)) {
            topic.send(List.of(
                    record(topic, new byte[] {0, 2, 'a'}), record(topic, NO_EVENT), record(topic, new byte[] {0, 2, 'b'
                    })));
        }
        in.send(List.of(record(in, largeEvent()), record(in, new byte[] {0, 2, 'c'})));

        try (AgentProcess agent =
                AgentCommand.of(home, "a", agentFile(in, channel, out, dead)).start()) {
            assertThat(out.readValues(5)).containsExactlyInAnyOrder("a", "b", "c", "a", "b");
            Map<String, String> letters = dead.read(3).stream()
                    .collect(Collectors.toMap(
                            letter -> header(letter, "component"), letter -> new String(letter.value(), UTF_8)));
            assertThat(letters)
                    .isEqualTo(Map.of(
                            "KafkaSource r", new String(NO_EVENT, UTF_8),
                            "KafkaChannel c", new String(NO_EVENT, UTF_8),
                            "KafkaSink k1", LARGE));
            agent.stop();
            assertThat(agent.log()).doesNotContain(" ERROR ");
        }
    }

    private static String header(ConsumerRecord<byte[], byte[]> letter, String name) {
        return new String(letter.headers().lastHeader("__flume.errors." + name).value(), UTF_8);
    }

    /** Returns an event without headers in Flume's format, with a body too large for the sink. */
    private static byte[] largeEvent() {
        byte[] event = new byte[LARGE.length() + 3];
        // The length 5000 as Avro writes it: zigzag, seven bits a byte.
        event[1] = (byte) 0x90;
        event[2] = (byte) 0x4e;
        System.arraycopy(LARGE.getBytes(UTF_8), 0, event, 3, LARGE.length());
        return event;
    }

    private static ProducerRecord<byte[], byte[]> record(TestTopic topic, byte[] value) {
        return new ProducerRecord<>(topic.name(), 0, null, value);
    }

    private static String agentFile(TestTopic in, TestTopic channel, TestTopic out, TestTopic dead) {
        return """
                a.sources = r
                a.channels = m c
                a.sinks = k1 k2
                a.sources.r.type = io.flafka.KafkaSource
                a.sources.r.kafka.topics = %1$s
                a.sources.r.kafka.consumer.auto.offset.reset = earliest
                a.sources.r.useFlumeEventFormat = true
                a.sources.r.channels = m
                a.channels.m.type = memory
                a.channels.m.transactionCapacity = 1000
                a.channels.m.capacity = 1000
                a.channels.c.type = io.flafka.KafkaChannel
                a.channels.c.kafka.topic = %2$s
                a.channels.c.kafka.consumer.group.id = c
                a.sinks.k1.type = io.flafka.KafkaSink
                a.sinks.k1.channel = m
                a.sinks.k1.kafka.topic = %3$s
                a.sinks.k1.allowTopicOverride = false
                a.sinks.k1.kafka.producer.transactional.id = letters
                a.sinks.k1.kafka.producer.max.request.size = 2000
                a.sinks.k2.type = io.flafka.KafkaSink
                a.sinks.k2.channel = c
                a.sinks.k2.kafka.topic = %3$s
                a.sinks.k2.kafka.bootstrap.servers = %4$s
                """.formatted(in.name(), channel.name(), out.name(), KAFKA.bootstrapServers())
                + letters("sources.r", dead)
                + letters("channels.c", dead)
                + letters("sinks.k1", dead);
    }

    private static String letters(String component, TestTopic dead) {
        String prefix = "a." + component + ".";
        String lines = """
                kafka.bootstrap.servers = %s
                errors.tolerance = all
                errors.deadletterqueue.topic.name = %s
                errors.deadletterqueue.producer.bootstrap.servers = %s
                """.formatted(KAFKA.bootstrapServers(), dead.name(), SCRAM.bootstrapServers());
        String login = SCRAM.clientProperties("errors.deadletterqueue.producer.", "letters").entrySet().stream()
                .map(property -> property.getKey() + " = " + property.getValue() + "\n")
                .collect(Collectors.joining());
        return (lines + login).lines().map(line -> prefix + line + "\n").collect(Collectors.joining());
    }
}
