// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A number that driver and worker share. */
class SharedCountTest {

    @Test
    void isReadWhereTheSameFileIsMapped(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("readable");
        SharedCount driver = SharedCount.in(file);
        SharedCount worker = SharedCount.in(file);

        assertThat(worker.get()).isZero();
        driver.set(1L << 40);

        assertThat(worker.get()).isEqualTo(1L << 40);
    }
}
