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
 * A class data archive of the JVM: what one forked JVM has loaded, stored when it ends, so that later ones start with half
 * the work. It lies in the runtime's {@code target} and fits one build of the jars and one Java. A broker without it, or
 * with one that does not fit, merely starts more slowly. For any thread.
 *
 * @param file where it is, once somebody has written it
 */
record ClassArchive(Path file) {
    // The JVM checks what it maps; its warnings would only hide the broker's log.
    private static final String QUIET = "-Xlog:cds=off";

    /** The archive for these jars; none if this module's classes are in a folder, which the JVM cannot archive. */
    static Optional<ClassArchive> of(RuntimeClassPath runtime, Path ownClasses) {
        if (!Files.isRegularFile(ownClasses)) {
            return Optional.empty();
        }
        try {
            String fits = runtime + " " + Files.getLastModifiedTime(ownClasses) + " " + Runtime.version();
            String fingerprint = Integer.toHexString(fits.hashCode());
            return Optional.of(new ClassArchive(runtime.target().resolve("classes-" + fingerprint + ".jsa")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether somebody has written it. */
    boolean exists() {
        return Files.exists(file);
    }

    /** Makes a JVM use it. */
    List<String> use() {
        return exists() ? List.of("-XX:SharedArchiveFile=" + file, QUIET) : List.of();
    }

    /** Makes a JVM write it to a draft when it ends in an orderly way. */
    List<String> write(Path draft) {
        return List.of("-XX:ArchiveClassesAtExit=" + draft, QUIET);
    }

    /** Puts a draft in its place. Several JVMs may do so at a time: a reader sees one whole archive. */
    void publish(Path draft) {
        if (!Files.exists(draft)) {
            return;
        }
        Path beside = file.resolveSibling(
                file.getFileName() + "." + ProcessHandle.current().pid());
        try {
            Files.copy(draft, beside, StandardCopyOption.REPLACE_EXISTING);
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            deleteThoseOfEarlierBuilds();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + file, e);
        }
    }

    private void deleteThoseOfEarlierBuilds() throws IOException {
        try (DirectoryStream<Path> archives = Files.newDirectoryStream(file.resolveSibling("."), "classes-*.jsa")) {
            for (Path archive : archives) {
                if (!archive.normalize().equals(file)) {
                    Files.deleteIfExists(archive);
                }
            }
        }
    }
}
