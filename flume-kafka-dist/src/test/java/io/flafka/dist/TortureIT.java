// SPDX-License-Identifier: Apache-2.0
package io.flafka.dist;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.testing.torture.Torture;
import io.flafka.testing.torture.TortureOptions;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One minute of the torture run, with a fixed seed. {@code examples/torture/run.sh} runs more of it. */
@Timeout(600)
class TortureIT {

    @Test
    void noPromiseIsBrokenInAMinuteOfFaults() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        boolean kept = Torture.run(
                TortureOptions.parse(List.of(
                        "--minutes", "1",
                        "--seed", "25",
                        "--pipeline", "seq-channel-sink",
                        "--plugin", Distribution.archive(".zip").toString(),
                        "--results",
                                Path.of(System.getProperty("dist.directory"), "torture")
                                        .toString())),
                new PrintStream(out, true, UTF_8));

        assertThat(kept).as(out.toString(UTF_8)).isTrue();
    }
}
