// SPDX-License-Identifier: Apache-2.0
package io.flafka.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.testing.NetcatClient;
import io.flafka.testing.TestDirectory;
import io.flafka.testing.security.Access;
import io.flafka.testing.security.ExampleLogin;
import io.flafka.testing.security.ExampleServers;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Runs the agent files of {@code examples/secured}, unchanged, with a real agent, and a broker that enforces logins and
 * rights.
 */
class SecuredExamplesIT {
    private static final TestDirectory DIRECTORY = TestDirectory.create("secured-example");

    private static @Nullable ExampleServers started;

    @RegisterExtension
    final ExampleAgent agent = ExampleAgent.withoutFile();

    @BeforeAll
    static void startServers() {
        started = ExampleServers.startIn(DIRECTORY.path());
    }

    @AfterAll
    static void stopServers() {
        if (started != null) {
            started.close();
        }
        DIRECTORY.close();
    }

    @ParameterizedTest
    @EnumSource(ExampleLogin.class)
    void carriesLinesThroughSinkSourceAndChannel(ExampleLogin login) throws Exception {
        // The logger sink shows the first 16 bytes.
        List<String> lines = List.of("1 " + login, "2 " + login);
        agent.running(new ExampleFolder("secured/" + login.folder()).agentFile())
                .withFlumeEnv(servers().flumeEnv(login))
                .start();

        try (NetcatClient application = NetcatClient.connect(servers().netcatPort())) {
            application.send(lines);
            lines.forEach(line -> agent.awaitLog("LoggerSink - Event: .* " + line));
        }

        assertThat(agent.stop()).isEmpty();
        assertThat(servers().accesses())
                .contains(
                        Access.allowed(login.principal(), "write", "topic:" + ExampleServers.LINES),
                        Access.allowed(login.principal(), "read", "topic:" + ExampleServers.LINES),
                        Access.allowed(login.principal(), "write", "topic:" + ExampleServers.CHANNEL),
                        Access.allowed(login.principal(), "read", "topic:" + ExampleServers.CHANNEL))
                .noneMatch(access -> access.principal().equals(login.principal()) && !access.allowed());
    }

    private static ExampleServers servers() {
        if (started == null) {
            throw new IllegalStateException("The servers were not started");
        }
        return started;
    }
}
