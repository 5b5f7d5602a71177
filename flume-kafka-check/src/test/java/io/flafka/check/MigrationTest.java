// SPDX-License-Identifier: Apache-2.0
package io.flafka.check;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An agent file of an earlier Flume with today's names. */
class MigrationTest {

    @TempDir
    private Path directory;

    private CommandRun migrate(String text) throws IOException {
        return CommandRun.of(Files.writeString(directory.resolve("old.properties"), text, UTF_8), "--migrate");
    }

    @Test
    void writesCurrentNamesValuesAndTypesAndKeepsEverythingElse() throws IOException {
        assertThat(migrate("""
                # An agent of Flume 1.6.
                a1.channels = c1
                a1.sinks = k1

                  a1.channels.c1.type=org.apache.flume.channel.kafka.KafkaChannel
                a1.channels.c1.brokerList : kafka1:9092,\\
                    kafka2:9092
                a1.channels.c1.topic events
                a1.channels.c1.readSmallestOffset = true
                ! The sink keeps its name.
                a1.sinks.k1.type = org.apache.flume.sink.kafka.KafkaSink
                a1.sinks.k1.topic = copies
                a1.sinks.k1.kafka.bootstrap.servers = kafka:9092
                a1.sinks.k1.batchSize = 100
                a1.sinks.k1.channel = c1
                other.sinks.k1.topic = x
                """)).isEqualTo(new CommandRun(0, """
                # An agent of Flume 1.6.
                a1.channels = c1
                a1.sinks = k1

                  a1.channels.c1.type=io.flafka.KafkaChannel
                a1.channels.c1.kafka.bootstrap.servers : kafka1:9092,\\
                    kafka2:9092
                a1.channels.c1.kafka.topic events
                a1.channels.c1.kafka.consumer.auto.offset.reset = earliest
                ! The sink keeps its name.
                a1.sinks.k1.type = io.flafka.KafkaSink
                a1.sinks.k1.kafka.topic = copies
                a1.sinks.k1.kafka.bootstrap.servers = kafka:9092
                a1.sinks.k1.flumeBatchSize = 100
                a1.sinks.k1.channel = c1
                other.sinks.k1.topic = x
                """, ""));
    }

    @Test
    void leavesAFormerNameBesideTheCurrentOneToTheOperator() throws IOException {
        String both = """
                a1.sinks = k1
                a1.sinks.k1.type = io.flafka.KafkaSink
                a1.sinks.k1.topic = a
                a1.sinks.k1.kafka.topic = b
                """;

        assertThat(migrate(both).output()).isEqualTo(both);
    }

    @Test
    void keepsLineEndsAndBytesOfAnyEncoding() throws IOException {
        Path old = directory.resolve("old.properties");
        byte[] bytes =
                "# \u00e9t\u00e9\r\na1.sinks = k1\r\na1.sinks.k1.type = io.flafka.KafkaSink\r\na1.sinks.k1.topic = a"
                        .getBytes(ISO_8859_1);
        Files.write(old, bytes);
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        new CheckCommand(new PrintStream(out, true, UTF_8), System.err, MigrationTest.class.getClassLoader())
                .applyAsInt(new String[] {"-f", old.toString(), "--migrate"});

        assertThat(out.toString(ISO_8859_1))
                .isEqualTo(new String(bytes, ISO_8859_1).replace("k1.topic", "k1.kafka.topic"));
    }

    @Test
    void leavesTwoFormerNamesToTheOperator() throws IOException {
        String both = """
                a1.sinks = k1
                a1.sinks.k1.type = io.flafka.KafkaSink
                a1.sinks.k1.brokerList = a:9092
                a1.sinks.k1.metadata.broker.list = b:9092
                """;

        assertThat(migrate(both).output()).isEqualTo(both);
    }
}
