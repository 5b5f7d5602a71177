// SPDX-License-Identifier: Apache-2.0
package io.flafka.check;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Options, exit codes and forms of the output. */
class CheckCommandTest {

    private static final String GOOD = """
            a1.channels = c1
            a1.sinks = k1
            a1.channels.c1.type = io.flafka.KafkaChannel
            a1.channels.c1.kafka.bootstrap.servers = ${env:FLAFKA_NOT_SET:-kafka:9092}
            a1.channels.c1.kafka.consumer.group.id = g
            a1.channels.c1.kafka.client.sasl.jaas.config = ${secrets['jaas']}
            a1.channels.c1.kafka.pollTimeout = ${env:FLAFKA_NOT_SET}
            a1.sinks.k1.type = logger
            a1.sinks.k1.channel = c1
            b1.sources = r1
            b1.sources.r1.type = io.flafka.KafkaSource
            """;

    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = write(GOOD);
    }

    private Path write(String text) throws IOException {
        return Files.writeString(directory.resolve("agent.properties"), text, UTF_8);
    }

    @Test
    void checksOneAgentOrAll() {
        assertThat(CommandRun.of(file, "-n", "a1"))
                .isEqualTo(new CommandRun(0, "agent.properties: no errors, no warnings\n", ""));
        assertThat(CommandRun.of(file, "--name", "b1").exitCode()).isEqualTo(1);
        assertThat(CommandRun.of(file).output())
                .startsWith("agent.properties:11: error: b1.sources.r1.kafka.bootstrap.servers is missing: ");
    }

    @Test
    void refusesWhatItCannotRead() {
        String path = file.toString();

        assertThat(CommandRun.of()).isEqualTo(refusal("-f is missing: write the agent file; --help shows the options"));
        assertThat(CommandRun.of("-f")).isEqualTo(refusal("-f needs a value; --help shows the options"));
        assertThat(CommandRun.of("-f", path, "--jsn"))
                .isEqualTo(refusal("unknown option --jsn; --help shows the options"));
        assertThat(CommandRun.of("-f", path + "x")).isEqualTo(refusal("the file " + path + "x does not exist"));
        assertThat(CommandRun.of("-f", path, "-n", "c1"))
                .isEqualTo(refusal(path + " has no agent c1; its agents: a1, b1"));
        assertThat(CommandRun.of("--help")).isEqualTo(new CommandRun(0, Options.USAGE, ""));
    }

    private static CommandRun refusal(String reason) {
        return new CommandRun(2, "", "check: " + reason + System.lineSeparator());
    }

    @Test
    void printsJsonForScripts() throws IOException {
        write("a1.sinks = k1\na1.sinks.k1.type = null\n");

        CommandRun run = CommandRun.of(file, "--json");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.output()).isEqualToIgnoringWhitespace("""
                [ { "line" : 2, "severity" : "error",
                    "text" : "a1.sinks.k1.channel is missing: write the name of the sink's channel" } ]
                """);
    }

    @Test
    void reportsASmallHeap() throws IOException {
        Path conf = Files.createDirectory(directory.resolve("conf"));
        String environment = conf.resolve("flume-env.sh").toString();

        assertThat(CommandRun.of("-f", file.toString(), "-n", "a1", "-c", conf.toString())
                        .output())
                .startsWith(file
                        + ": warning: the agent's heap is 20 MB (the default of flume-ng, because no JAVA_OPTS with -Xmx is in "
                        + environment + "): ");

        Files.writeString(conf.resolve("flume-env.sh"), "# -Xmx1g\nJAVA_OPTS=\"$JAVA_OPTS -Xmx131072k\"\n", UTF_8);

        assertThat(CommandRun.of("-f", file.toString(), "-n", "a1", "-c", conf.toString())
                        .output())
                .startsWith(file + ": warning: the agent's heap is 128 MB (JAVA_OPTS in " + environment + "): ");
    }

    @Test
    void aFileFromWhichFlumeStartsNothingIsAnError() throws IOException {
        write("");
        assertThat(CommandRun.of("-f", file.toString())).isEqualTo(refusal(file + " has no agent"));
        write("a1.source = r1\na1.channel = c1\nvariables.host = kafka\n");
        assertThat(CommandRun.of(file).output())
                .startsWith("agent.properties:1: ")
                .contains("agent.properties:1: error: Flume starts nothing of agent a1: ");
    }

    @Test
    void doesNotJudgeWhatOnlyTheAgentKnows() throws IOException {
        write("""
                a1.channels = ${env:FLAFKA_NOT_SET}
                a1.sinks = k1
                a1.sinks.k1.type = io.flafka.KafkaSink
                a1.sinks.k1.kafka.bootstrap.servers = ${env:FLAFKA_NOT_SET:-${env:NOR_THIS:-kafka:9092}}
                a1.sinks.k1.kafka.topic = t
                a1.sinks.k1.kafka.producer.interceptor.classes = ${secrets['class']}
                a1.sinks.k1.channel = ${env:FLAFKA_NOT_SET}
                a1.configfilters = f
                a1.configfilters.f.type = external
                a1.configfilters.f.command = /no/such/command
                """);

        assertThat(CommandRun.of(file)).isEqualTo(new CommandRun(0, "agent.properties: no errors, no warnings\n", ""));
    }

    @Test
    void aTypeOfThisPluginThatIsNotThereIsAnError() throws IOException {
        write(GOOD.replace("= logger", "= io.flafka.Elasticsearch"));

        assertThat(CommandRun.of(file, "-n", "a1").output())
                .startsWith(
                        "agent.properties:8: error: a1.sinks.k1.type = io.flafka.Elasticsearch is not a class of this"
                                + " plugin; write io.flafka.KafkaSink\n");
    }

    @Test
    void printsNoSecret() throws IOException {
        write(
                GOOD
                        + "a1.channels.c1.kafka.client.ssl.keystore.pasword = hunter2\na1.channels.c1.kafka.client.ssl.key.password = hunter2 # x\n");

        assertThat(CommandRun.of(file).output()).contains("pasword").doesNotContain("hunter2");
    }
}
