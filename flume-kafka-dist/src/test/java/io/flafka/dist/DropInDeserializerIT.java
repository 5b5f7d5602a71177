// SPDX-License-Identifier: Apache-2.0
package io.flafka.dist;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.testing.AgentCommand;
import io.flafka.testing.AgentProcess;
import io.flafka.testing.CompiledJar;
import io.flafka.testing.FlumeHome;
import io.flafka.testing.KafkaBrokerExtension;
import io.flafka.testing.TestTopic;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * An operator's Avro deserializer in {@code drop-in/}. Source and channel deliver its records as JSON. A record that it
 * rejects goes to the dead letter topic.
 */
class DropInDeserializerIT {

    @RegisterExtension
    static final KafkaBrokerExtension KAFKA = KafkaBrokerExtension.shared();

    private static final byte[] NO_AVRO = {0x7f, 1, 2};

    @TempDir
    private Path directory;

    @Test
    void sourceAndChannelDeliverAvroRecordsAsJson() throws Exception {
        FlumeHome home = Distribution.installedIn(FlumeHome.withoutStockKafka(directory));
        deserializer(home).writeTo(home.plugins().resolve("flume-kafka/drop-in/avro-people.jar"));
        TestTopic in = createFilledTopic();
        TestTopic channel = createFilledTopic();
        TestTopic fromSource = KAFKA.topic();
        TestTopic fromChannel = KAFKA.topic();
        TestTopic dead = KAFKA.topic();

        try (AgentProcess agent = AgentCommand.of(home, "a", agentFile(in, channel, fromSource, fromChannel, dead))
                .start()) {
            for (TestTopic out : List.of(fromSource, fromChannel)) {
                assertThat(out.readValues(3)).containsExactly("{\"name\": \"ada\"}", "", "{\"name\": \"eve\"}");
            }
            assertThat(dead.read(2)).allSatisfy(DropInDeserializerIT::isTheBadOne);
            agent.stop();
            assertThat(agent.log()).contains("drop-in: avro-people.jar").doesNotContain(" ERROR ");
        }
    }

    private static void isTheBadOne(ConsumerRecord<byte[], byte[]> letter) {
        assertThat(letter.value()).isEqualTo(NO_AVRO);
        assertThat(new String(
                        letter.headers().lastHeader("__flume.errors.reason").value(), UTF_8))
                .contains("com.example.People rejects the record: ");
    }

    /** Creates a topic with two persons, a record that is not Avro, and a tombstone. */
    private static TestTopic createFilledTopic() {
        TestTopic topic = KAFKA.topic();
        topic.send(List.of(
                record(topic, person("ada")),
                record(topic, NO_AVRO),
                new ProducerRecord<>(topic.name(), 0, null, null),
                record(topic, person("eve"))));
        return topic;
    }

    private static ProducerRecord<byte[], byte[]> record(TestTopic topic, byte[] value) {
        return new ProducerRecord<>(topic.name(), 0, null, value);
    }

    /** Encodes a person as Avro does: the length of the text, zigzag-encoded, then the text. */
    private static byte[] person(String name) {
        return ((char) (2 * name.length()) + name).getBytes(UTF_8);
    }

    private static String agentFile(
            TestTopic in, TestTopic channel, TestTopic fromSource, TestTopic fromChannel, TestTopic dead) {
        return """
                a.sources = r
                a.channels = m c
                a.sinks = k1 k2
                a.sources.r.type = io.flafka.KafkaSource
                a.sources.r.kafka.topics = %1$s
                a.sources.r.channels = m
                a.channels.m.type = memory
                a.channels.m.transactionCapacity = 1000
                a.channels.m.capacity = 1000
                a.channels.c.type = io.flafka.KafkaChannel
                a.channels.c.kafka.topic = %2$s
                a.channels.c.kafka.consumer.group.id = c
                a.channels.c.parseAsFlumeEvent = false
                a.sinks.k1.type = io.flafka.KafkaSink
                a.sinks.k1.channel = m
                a.sinks.k1.kafka.topic = %3$s
                a.sinks.k1.allowTopicOverride = false
                a.sinks.k2.type = io.flafka.KafkaSink
                a.sinks.k2.channel = c
                a.sinks.k2.kafka.topic = %4$s
                a.sinks.k2.allowTopicOverride = false
                """.formatted(in.name(), channel.name(), fromSource.name(), fromChannel.name())
                + reader("sources.r", dead)
                + reader("channels.c", dead)
                + brokers("sources.r")
                + brokers("channels.c")
                + brokers("sinks.k1")
                + brokers("sinks.k2");
    }

    private static String reader(String component, TestTopic dead) {
        return """
                a.%1$s.kafka.consumer.auto.offset.reset = earliest
                a.%1$s.kafka.consumer.value.deserializer = com.example.People
                a.%1$s.errors.tolerance = all
                a.%1$s.errors.deadletterqueue.topic.name = %2$s
                """.formatted(component, dead.name());
    }

    private static String brokers(String component) {
        return "a.%s.kafka.bootstrap.servers = %s%n".formatted(component, KAFKA.bootstrapServers());
    }

    /** Compiles the deserializer against Flume's own Avro. */
    private static CompiledJar deserializer(FlumeHome home) {
        return new CompiledJar().addClassPath(home.lib()).addSource("com.example.People", """
                package com.example;
                import java.io.IOException;
                import java.io.UncheckedIOException;
                import org.apache.avro.Schema;
                import org.apache.avro.generic.GenericDatumReader;
                import org.apache.avro.generic.GenericRecord;
                import org.apache.avro.io.DecoderFactory;
                import org.apache.kafka.common.serialization.Deserializer;
                public class People implements Deserializer<GenericRecord> {
                    private final Schema schema = new Schema.Parser().parse(
                            "{\\"type\\":\\"record\\",\\"name\\":\\"Person\\",\\"fields\\":[{\\"name\\":\\"name\\",\\"type\\":\\"string\\"}]}");
                    @Override public GenericRecord deserialize(String topic, byte[] data) {
                        try {
                            return new GenericDatumReader<GenericRecord>(schema)
                                    .read(null, DecoderFactory.get().binaryDecoder(data, null));
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    }
                }
                """);
    }
}
