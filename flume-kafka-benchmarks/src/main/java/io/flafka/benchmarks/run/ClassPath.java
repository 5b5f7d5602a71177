// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks.run;

import io.flafka.testing.RuntimeClassPath;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Builds a contender's class path from its entries, and unpacks plugins if needed. For one thread. */
final class ClassPath {
    private static final String RUNTIME = "runtime:";
    private static final String PLUGIN = "plugin:";

    private final Path project;
    private final Path directory;
    private final Map<Path, Path> unpacked = new HashMap<>();

    /**
     * Builds the class paths of one measurement.
     *
     * @param project the checkout
     * @param directory the folder for unpacked plugins
     */
    ClassPath(Path project, Path directory) {
        this.project = project;
        this.directory = directory;
    }

    /** Returns the class path in the form of {@code java -cp}, after this module's own classes. */
    String of(Contender contender) throws IOException {
        List<Path> entries = new ArrayList<>(List.of(home(ClassPath.class)));
        for (String entry : contender.classPath()) {
            List<Path> jars = resolve(entry, contender);
            if (jars.isEmpty()) {
                throw new IOException("Contender " + contender.name() + ": nothing matches " + entry);
            }
            entries.addAll(jars);
        }
        return entries.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    private List<Path> resolve(String entry, Contender contender) throws IOException {
        if (entry.startsWith(RUNTIME)) {
            return RuntimeClassPath.named(entry.substring(RUNTIME.length()), project)
                    .entries();
        }
        return entry.startsWith(PLUGIN)
                ? matching(plugin(contender), entry.substring(PLUGIN.length()))
                : matching(project, entry);
    }

    /** The zip has one folder: the plugin's. */
    private Path plugin(Contender contender) throws IOException {
        Path zip = contender.plugin().isEmpty() ? built() : project.resolve(contender.plugin());
        Path folder = unpacked.get(zip);
        if (folder == null) {
            Path into = directory.resolve("plugin-" + unpacked.size());
            unzip(zip, into);
            try (Stream<Path> inside = Files.list(into)) {
                folder = inside.findFirst().orElseThrow();
            }
            unpacked.put(zip, folder);
        }
        return folder;
    }

    private Path built() throws IOException {
        List<Path> zips = matching(project, "flume-kafka-dist/target/flume-kafka-*.zip");
        if (zips.size() != 1) {
            throw new IOException("Expected one plugin, found " + zips + "; build it with: mvn package");
        }
        return zips.get(0);
    }

    private static List<Path> matching(Path base, String glob) throws IOException {
        int name = glob.lastIndexOf('/') + 1;
        Path folder = base.resolve(glob.substring(0, name));
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + glob.substring(name));
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> matcher.matches(file.getFileName()))
                    .sorted()
                    .toList();
        }
    }

    private static void unzip(Path zip, Path into) throws IOException {
        try (InputStream file = Files.newInputStream(zip);
                ZipInputStream in = new ZipInputStream(file)) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                Path target = into.resolve(entry.getName()).normalize();
                if (!target.startsWith(into)) {
                    throw new IOException(zip + " has an entry outside itself: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                } else {
                    Files.createDirectories(target.resolveSibling("."));
                    Files.copy(in, target);
                }
            }
        }
    }

    /** Returns the jar or folder that a class was loaded from. */
    static Path home(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
