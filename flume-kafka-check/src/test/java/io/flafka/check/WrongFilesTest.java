// SPDX-License-Identifier: Apache-2.0
package io.flafka.check;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.testing.GeneratedPage;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each wrong agent file, with what the command says about it. */
class WrongFilesTest {

    private static final String PAGE = """
            <!-- SPDX-License-Identifier: Apache-2.0 -->
            # Checking an agent file

            Flume says nothing on the screen about a wrong agent file: `flume-ng agent` leaves out what it cannot use, and keeps running. `bin/check` in the plugin's folder reads the
            file before an agent does, and says what is wrong in it, in which line, and what to write instead.

            It runs the checks of this plugin's components, Flume's own check of the file, and further ones for the traps between them. It finds classes as the components would:
            a class whose jar is not in `drop-in/` is reported. It changes nothing, and without `--connect` it connects to nothing. A value with a variable of the environment (`${env:NAME}`) is checked with the value it has here. What a configuration filter
            replaces is not checked.

            ```
            %s```

            In a terminal the severities have colours, unless `NO_COLOR` is set.

            ## Trying the connections

            `--connect` tries what each component needs when it starts: name, port, TLS, login, topics, rights, group. It says how far it came, and what to look at next. A component with errors is not tried.
            Not tried: dead letter topics, transactional ids, topics that only events name.

            ```
            agent.properties:4: note: a1.sources.r1: connected as user 'flume' (SASL_SSL, SCRAM-SHA-512); the cluster has 3 brokers
            agent.properties:4: note: a1.sources.r1: topic orders: 2 partitions; user 'flume' (SASL_SSL, SCRAM-SHA-512) may read it
            agent.properties:4: note: a1.sources.r1: group orders-to-hdfs: 1 member; lag 12 (orders-1: 7, orders-0: 5)
            agent.properties:13: error: a1.sinks.k1: kafka2:9092: the name is known (10.1.2.3), but no connection is possible (Connection refused); check the port, and that the broker runs
            agent.properties:13: note: a1.sinks.k1: not tried because of that: TLS, login, advertised addresses; topics and rights on them
            agent.properties: 1 error, no warnings
            ```

            A password or another value that a configuration filter gives to the agent is not known here: the connection of such a component is not tried, unless the file has a variable of the environment instead (`${env:NAME}`, from Flume 1.11 on).

            ## What it says about wrong files

            This part is generated: each file is a test, with the output beside it (`flume-kafka-check/src/test/resources/wrong`).

            %s""";

    static List<WrongFile> files() {
        return WrongFile.all();
    }

    @ParameterizedTest
    @MethodSource("files")
    void saysWhatIsWrongInWhichLine(WrongFile file) throws IOException {
        CommandRun run = CommandRun.of(file.path());

        if (GeneratedPage.isWritten()) {
            Files.writeString(file.expectedOutput(), run.output(), UTF_8);
        }
        assertThat(run.output()).isEqualTo(WrongFile.text(file.expectedOutput()));
        assertThat(run.output()).contains(file + ":");
        assertThat(run.output()).doesNotEndWith(": no errors, no warnings\n");
        assertThat(run.exitCode()).isEqualTo(run.output().contains(": error: ") ? 1 : 0);
        assertThat(run.errors()).isEmpty();
    }

    @Test
    void thereAreAtLeastThirty() {
        assertThat(files()).hasSizeGreaterThanOrEqualTo(30);
    }

    @Test
    void thePageShowsAllOfThem() {
        GeneratedPage.named("check.md")
                .assertIs(page -> PAGE.formatted(
                        Options.USAGE,
                        files().stream().map(WrongFilesTest::section).collect(Collectors.joining("\n"))));
    }

    private static String section(WrongFile file) {
        return "### %s\n\n```\n%s```\n\n```\n%s```\n"
                .formatted(
                        file.title().replaceFirst("\\.$", ""),
                        file.properties(),
                        WrongFile.text(file.expectedOutput()));
    }
}
