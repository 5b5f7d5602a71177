// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The class path of a program that tests run in its own process. A module below {@code flume-kafka-testing/runtimes}
 * writes it to a file.
 *
 * @param name the module's folder
 * @param target the module's build folder
 * @param entries the jars, in Maven's order
 */
public record RuntimeClassPath(String name, Path target, List<Path> entries) {
    private static final Path RUNTIMES = Path.of("flume-kafka-testing", "runtimes");

    public RuntimeClassPath {
        entries = List.copyOf(entries);
    }

    /**
     * Finds a runtime in the checkout that contains the working directory.
     *
     * @throws IllegalStateException if no folder above the working directory has a built runtime of this name
     */
    public static RuntimeClassPath named(String name) {
        return named(name, Path.of("").toAbsolutePath());
    }

    /** Same as {@link #named(String)}, for the checkout that contains {@code start}. */
    public static RuntimeClassPath named(String name, Path start) {
        for (Path directory = start; directory != null; directory = directory.getParent()) {
            Path target = directory.resolve(RUNTIMES).resolve(name).resolve("target");
            Path file = target.resolve("classpath");
            if (Files.isRegularFile(file)) {
                return new RuntimeClassPath(name, target, read(file));
            }
        }
        throw new IllegalStateException("No class path of runtime '" + name + "' in or above " + start
                + "; build it with: mvn package -pl " + RUNTIMES.resolve(name).toString());
    }

    /** Returns these jars in the form of {@code java -cp}, after the given entries. */
    public String classPathAfter(Path... first) {
        List<String> all = new ArrayList<>();
        for (Path path : first) {
            all.add(path.toString());
        }
        entries.forEach(path -> all.add(path.toString()));
        return String.join(File.pathSeparator, all);
    }

    private static List<Path> read(Path file) {
        try {
            return List.of(Files.readString(file).strip().split(File.pathSeparator)).stream()
                    .map(Path::of)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
    }
}
