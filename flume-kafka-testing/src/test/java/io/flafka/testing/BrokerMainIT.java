// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker that a script starts. */
class BrokerMainIT {
    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    @TempDir
    Path directory;

    @Test
    void printsItsAddressAndStopsAtTheEndOfItsInput() {
        List<String> command = new ForkedJava("kafka-4.4.0", BrokerMain.class)
                .commandLine(
                        directory, List.of(), directory.resolve("kafka").toString(), "auto.create.topics.enable=true");
        try (TestProcess broker = TestProcess.start("broker", command, Map.of(), directory.resolve("log"))) {
            broker.awaitLog("^READY 127\\.0\\.0\\.1:\\d+$", TIMEOUT);
            broker.closeInput();

            assertThat(broker.log()).contains("auto.create.topics.enable = true");
            assertThat(broker.awaitExit(TIMEOUT)).isZero();
        }
    }
}
