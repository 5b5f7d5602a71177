// SPDX-License-Identifier: Apache-2.0
package io.flafka.dist;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.testing.torture.soak.Soak;
import io.flafka.testing.torture.soak.SoakOptions;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Half a minute of the soak run. {@code examples/torture/soak.sh} runs more of it. */
@Tag("full")
@Timeout(300)
class SoakIT {

    @Test
    void theMemoryStaysWithinItsLimitsBehindAFastProducer() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        boolean passed = Soak.run(
                SoakOptions.parse(List.of(
                        "--fast-producer",
                        "--minutes",
                        "0.5",
                        "--plugin",
                        Distribution.archive(".zip").toString(),
                        "--results",
                        Path.of(System.getProperty("dist.directory"), "soak").toString())),
                new PrintStream(out, true, UTF_8));

        assertThat(passed).as(out.toString(UTF_8)).isTrue();
    }
}
