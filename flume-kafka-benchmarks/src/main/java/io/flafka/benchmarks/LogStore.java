// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks;

import io.flafka.testing.TestDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Where the broker keeps its logs. */
enum LogStore {
    /** In memory, if the machine has a large enough in-memory file system: then no disk is measured. */
    MEMORY {
        @Override
        TestDirectory directory() throws IOException {
            return Files.isWritable(SHARED_MEMORY)
                            && Files.getFileStore(SHARED_MEMORY).getUsableSpace() > NEEDED
                    ? new TestDirectory(Files.createTempDirectory(SHARED_MEMORY, "flafka-benchmarks-"))
                    : DISK.directory();
        }
    },
    /** In the folder for temporary files. */
    DISK {
        @Override
        TestDirectory directory() {
            return TestDirectory.create("benchmarks");
        }
    };

    private static final Path SHARED_MEMORY = Path.of("/dev/shm");
    // Space for the full topics and for the output of one run.
    private static final long NEEDED = 8L << 30;

    /** Creates a directory, which the caller closes. */
    abstract TestDirectory directory() throws IOException;

    /**
     * Returns the one with this name.
     *
     * @throws IllegalArgumentException if no log store has this name
     */
    static LogStore named(String name) {
        try {
            return valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException unknown) {
            throw new IllegalArgumentException("--logs is neither memory nor disk: " + name, unknown);
        }
    }
}
