// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/**
 * A class data sharing archive: the classes that a forked JVM loaded, stored to make later starts faster. It lies in
 * the runtime's {@code target} and fits one build of the jars and one Java version. Without a matching archive a broker
 * only starts more slowly. For any thread.
 *
 * @param file the archive; it exists once a JVM has written it
 */
record ClassArchive(Path file) {
    // The JVM's warnings about an unusable archive would only hide the broker's log.
    private static final String QUIET = "-Xlog:cds=off";

    /**
     * Returns the archive for these jars. Empty if this module's classes are in a folder, which the JVM cannot archive.
     */
    static Optional<ClassArchive> of(RuntimeClassPath runtime, Path ownClasses) {
        if (!Files.isRegularFile(ownClasses)) {
            return Optional.empty();
        }
        try {
            String inputs = runtime + " " + Files.getLastModifiedTime(ownClasses) + " " + Runtime.version();
            String fingerprint = Integer.toHexString(inputs.hashCode());
            return Optional.of(new ClassArchive(runtime.target().resolve("classes-" + fingerprint + ".jsa")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean exists() {
        return Files.exists(file);
    }

    /** Returns the JVM options that read the archive. */
    List<String> readOptions() {
        return exists() ? List.of("-XX:SharedArchiveFile=" + file, QUIET) : List.of();
    }

    /** Returns the JVM options that write the archive to {@code draft} when the JVM shuts down normally. */
    List<String> writeOptions(Path draft) {
        return List.of("-XX:ArchiveClassesAtExit=" + draft, QUIET);
    }

    /** Moves a draft to its final place. The move is atomic, so several JVMs may publish at the same time. */
    void publish(Path draft) {
        if (!Files.exists(draft)) {
            return;
        }
        Path temporary = file.resolveSibling(
                file.getFileName() + "." + ProcessHandle.current().pid());
        try {
            Files.copy(draft, temporary, StandardCopyOption.REPLACE_EXISTING);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            deleteArchivesOfEarlierBuilds();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + file, e);
        }
    }

    private void deleteArchivesOfEarlierBuilds() throws IOException {
        try (DirectoryStream<Path> archives = Files.newDirectoryStream(file.resolveSibling("."), "classes-*.jsa")) {
            for (Path archive : archives) {
                if (!archive.normalize().equals(file)) {
                    Files.deleteIfExists(archive);
                }
            }
        }
    }
}
