// SPDX-License-Identifier: Apache-2.0
package io.flafka.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.check.agent.Agent;
import io.flafka.check.rule.Finding;
import io.flafka.check.rule.Rules;
import io.flafka.check.rule.Severity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code bin/check} finds no error in any agent file of the examples. The class path has the jar that the example for Amazon needs, and the thread's class loader those that an
 * operator copies to {@code drop-in} for the schema registry.
 */
class AgentFilesCheckTest {

    private static final Path EXAMPLES = Path.of(System.getProperty("examples.directory", ""));

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
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader dropIn = new URLClassLoader(SchemaRegistry.urlsForDropIn(), before)) {
            thread.setContextClassLoader(dropIn);
            assertThat(findings(file)).noneMatch(finding -> finding.severity() == Severity.ERROR);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Test
    void thereAreMoreThanTen() {
        assertThat(agentFiles()).hasSizeGreaterThan(10);
    }

    private static List<Finding> findings(Path file) throws IOException {
        io.flafka.check.agent.AgentFile read =
                io.flafka.check.agent.AgentFile.of(Files.readString(EXAMPLES.resolve(file)));
        return Rules.of(AgentFilesCheckTest.class.getClassLoader(), EXAMPLES.resolve("flume-env.sh"))
                .check(read, Agent.in(read));
    }
}
