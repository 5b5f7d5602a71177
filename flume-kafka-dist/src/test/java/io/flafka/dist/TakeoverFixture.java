// SPDX-License-Identifier: Apache-2.0
package io.flafka.dist;

import io.flafka.testing.FlumeHome;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * The Flume homes for tests of {@code bin/takeover}: one complete home per class, and one with few files per test. Both have the
 * plugin.
 */
abstract class TakeoverFixture {

    static FlumeHome completeHome;

    @TempDir
    Path directory;

    StockHome home;

    @BeforeAll
    static void unzipThePlugin(@TempDir Path directory) {
        completeHome = Distribution.installedIn(FlumeHome.withStockKafka(directory));
    }

    @BeforeEach
    void createHome() throws IOException {
        home = StockHome.of(completeHome, directory.resolve("flume home"));
    }
}
