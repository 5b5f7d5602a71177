// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * A Java installed on this machine: this JVM's, one named by an environment variable such as {@code JAVA_HOME_25_X64},
 * or one in {@code /usr/lib/jvm}.
 *
 * @param version the feature version, such as 17
 * @param home the installation's folder
 */
public record InstalledJava(int version, Path home) {
    private static final Path USUAL = FileSystems.getDefault().getPath("/usr", "lib", "jvm");
    private static final int FIRST_LTS = 17;
    private static final int FROM_LTS_TO_LTS = 4;

    /** Finds an installation of this version. */
    public static Optional<InstalledJava> ofVersion(int version) {
        return all().filter(java -> java.version == version).findFirst();
    }

    /** Finds the newest version with long-term support that is newer than 17. */
    public static Optional<InstalledJava> newestLts() {
        return all().filter(java -> java.version > FIRST_LTS && (java.version - FIRST_LTS) % FROM_LTS_TO_LTS == 0)
                .max(Comparator.comparing(InstalledJava::version));
    }

    private static Stream<InstalledJava> all() {
        Stream<Path> named = System.getenv().entrySet().stream()
                .filter(variable -> variable.getKey().startsWith("JAVA_HOME"))
                .map(Map.Entry::getValue)
                .map(Path::of);
        return Stream.of(Stream.of(Path.of(System.getProperty("java.home"))), named, usual().stream())
                .flatMap(homes -> homes)
                .flatMap(home -> in(home).stream());
    }

    private static List<Path> usual() {
        if (!Files.isDirectory(USUAL)) {
            return List.of();
        }
        try (Stream<Path> homes = Files.list(USUAL)) {
            return homes.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads the installation in a folder. Empty if the folder has no Java that states its version. */
    static Optional<InstalledJava> in(Path home) {
        Path release = home.resolve("release");
        if (!Files.isRegularFile(release)
                || !Files.isExecutable(home.resolve("bin").resolve("java"))) {
            return Optional.empty();
        }
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(release)) {
            properties.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + release, e);
        }
        String quoted = properties.getProperty("JAVA_VERSION", "");
        return quoted.isEmpty()
                ? Optional.empty()
                : Optional.of(new InstalledJava(
                        Runtime.Version.parse(quoted.replace("\"", "")).feature(), home));
    }
}
