// SPDX-License-Identifier: Apache-2.0
package io.flafka.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.testing.security.ExampleLogin;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Checks the agent files and READMEs of {@code examples/secured} without a broker. */
class SecuredExamplesTest {
    private static final ExampleFolder SECURED = new ExampleFolder("secured");

    @ParameterizedTest
    @EnumSource(ExampleLogin.class)
    void everyPropertyIsAcceptedWithoutAWarning(ExampleLogin login, @TempDir Path directory) throws Exception {
        // A missing file would be a warning.
        Files.createFile(directory.resolve("ca.pem"));
        Files.createFile(directory.resolve("client.pem"));
        AgentFile file = folder(login).agentFile().withDefaults().replacing("/etc/flume/", directory + "/");

        assertThat(FlafkaComponents.of(file)).hasSize(3);
        assertThat(FlafkaComponents.warnings(file)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(ExampleLogin.class)
    void theReadmeNamesTheVariablesAndTheAcls(ExampleLogin login) {
        AgentFile file = folder(login).agentFile();

        assertThat(folder(login).readme())
                .content()
                .contains("agent.properties", "../../../docs/security.md")
                .contains(file.variables())
                .contains(file.secrets())
                .contains(allow(login) + "--operation Read --operation Write --topic flume-lines --topic flume-channel")
                .contains(allow(login) + "--operation Read --group flume-lines-reader --group flume-channel-reader");
    }

    @Test
    void theFoldersAreListed() throws Exception {
        Path readme = SECURED.readme();

        assertThat(readme.resolveSibling("../README.md")).content().contains("(secured)");
        assertThat(ExampleLogin.values())
                .allSatisfy(login -> assertThat(readme).content().contains("(" + login.folder() + ")"));
        try (var children = Files.list(readme.getParent())) {
            assertThat(children.filter(Files::isDirectory)
                            .map(child -> child.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(Arrays.stream(ExampleLogin.values())
                            .map(ExampleLogin::folder)
                            .toList());
        }
    }

    private static String allow(ExampleLogin login) {
        return "--add --allow-principal " + login.principal() + " ";
    }

    private static ExampleFolder folder(ExampleLogin login) {
        return new ExampleFolder("secured/" + login.folder());
    }
}
