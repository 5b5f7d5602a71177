// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes what a model was explored to, and the traces to seeded faults, to {@code target/model}, for people to read. */
final class ModelReport {

    private ModelReport() {}

    static void write(String test, String name, Object content) {
        try {
            Path directory = Files.createDirectories(Path.of("target", "model", test));
            Files.writeString(directory.resolve(name.replaceAll("[^A-Za-z0-9]+", "-") + ".txt"), content + "\n");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
