// SPDX-License-Identifier: Apache-2.0
package io.flafka.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.check.agent.Agent;
import io.flafka.check.rule.Finding;
import io.flafka.check.rule.Rules;
import io.flafka.check.rule.Severity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code bin/check} finds no error in any agent file of the examples, which other tests run. */
class AgentFilesCheckTest {

    private static final Path EXAMPLES = Path.of(System.getProperty("examples.directory", ""));
    /** The only example with a class that is not in the plugin: an operator copies its jar to {@code drop-in}. */
    private static final String NEEDS_A_JAR = "cloud/amazon-msk-iam/agent.properties";

    static List<Path> agentFiles() {
        try (Stream<Path> files = Files.walk(EXAMPLES)) {
            return files.filter(file -> file.toString().endsWith(".properties"))
                    .map(EXAMPLES::relativize)
                    .filter(file -> !file.startsWith("src") && !file.startsWith("target"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("agentFiles")
    void hasNoErrors(Path file) throws IOException {
        List<String> errors = findings(file).stream()
                .filter(finding -> finding.severity() == Severity.ERROR)
                .map(Finding::text)
                .toList();

        if (file.toString().equals(NEEDS_A_JAR)) {
            assertThat(errors)
                    .hasSize(3)
                    .allMatch(error -> error.contains("IAMClientCallbackHandler")
                            && error.contains(" is not found: copy its jar, and the jars it needs, to "));
        } else {
            assertThat(errors).isEmpty();
        }
    }

    @Test
    void thereAreMoreThanTen() {
        assertThat(agentFiles()).hasSizeGreaterThan(10);
    }

    private static List<Finding> findings(Path file) throws IOException {
        io.flafka.check.agent.AgentFile read = io.flafka.check.agent.AgentFile.read(EXAMPLES.resolve(file));
        return Rules.of(AgentFilesCheckTest.class.getClassLoader(), EXAMPLES.resolve("flume-env.sh"))
                .check(read, Agent.in(read));
    }
}
