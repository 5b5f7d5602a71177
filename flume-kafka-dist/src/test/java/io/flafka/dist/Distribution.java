// SPDX-License-Identifier: Apache-2.0
package io.flafka.dist;

import io.flafka.testing.FlumeHome;
import java.nio.file.Path;

/** The archives that this build has created. */
final class Distribution {

    static final String VERSION = System.getProperty("dist.version");

    /** Whether the archives have a list of components. Maven makes none with {@code -o}. */
    static final boolean HAS_SBOM = System.getProperty("dist.build", "").equals("offline: false");

    private static final Path DIRECTORY = Path.of(System.getProperty("dist.directory"));

    private Distribution() {}

    /** Returns the archive with a suffix, {@code .zip} or {@code .tar.gz}. */
    static Path archive(String suffix) {
        return DIRECTORY.resolve("flume-kafka-" + VERSION + suffix);
    }

    /** Unzips the plugin into the home's {@code plugins.d}. */
    static FlumeHome installedIn(FlumeHome home) {
        return home.install(archive(".zip"));
    }
}
