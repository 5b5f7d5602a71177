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

            Flume says nothing on the screen about a wrong agent file: `flume-ng agent` starts, leaves out what it cannot use, and its exit code is 0. `bin/check` in the plugin's folder reads the
            file before an agent does, and says what is wrong in it, in which line, and what to write instead.

            It runs the checks of this plugin's components, Flume's own check of the file, and further ones for the traps between them. It finds classes as the components would:
            a jar that is not in `drop-in/` is reported. It connects to nothing and changes nothing. A value with a variable of the environment (`${env:NAME}`) is checked with the value it has here. What a configuration filter
            replaces is not checked.

            ```
            %s```

            In a terminal the severities have colours, unless `NO_COLOR` is set.

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
