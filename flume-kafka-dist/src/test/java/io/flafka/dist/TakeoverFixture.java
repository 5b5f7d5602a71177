// SPDX-License-Identifier: Apache-2.0
package io.flafka.dist;

import io.flafka.testing.FlumeHome;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What the tests of {@code bin/takeover} have: a whole Flume home with the plugin for all of a class, and a home of few files for each. */
abstract class TakeoverFixture {

    static FlumeHome whole;

    @TempDir
    Path directory;

    StockHome home;

    @BeforeAll
    static void unzipThePlugin(@TempDir Path directory) {
        whole = Distribution.installedIn(FlumeHome.withStockKafka(directory));
    }

    @BeforeEach
    void makeAHome() throws IOException {
        home = StockHome.of(whole, directory.resolve("flume home"));
    }
}
