// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A Flume home, of 1.11.0 unless said otherwise, as its tarball unpacks to: {@code bin/flume-ng} (ours), {@code lib} (hard links into Maven's
 * repository, where the file system allows), {@code conf}, {@code plugins.d}, {@code logs}, {@code tmp}. As a program:
 * {@code java io.flafka.testing.FlumeHome <directory> [--with-stock-kafka]}.
 *
 * @param path where it lies
 */
public record FlumeHome(Path path) {
    private static final String WITHOUT_STOCK_KAFKA = "flume-1.11.0";

    /** Makes a home that has no Kafka jar in {@code lib}; the directory may exist, and should be empty. */
    public static FlumeHome withoutStockKafka(Path directory) {
        return assemble(directory, FlumeVersion.FLUME_1_11_0, List.of(WITHOUT_STOCK_KAFKA));
    }

    /** Makes a home that also has the stock Kafka components and kafka-clients 2.7.2 in {@code lib}, as the tarball has. */
    public static FlumeHome withStockKafka(Path directory) {
        return of(FlumeVersion.FLUME_1_11_0, directory);
    }

    /** Makes a home of some Flume, with its stock Kafka components in {@code lib}. */
    public static FlumeHome of(FlumeVersion version, Path directory) {
        return assemble(directory, version, version.runtimes());
    }

    /** For scripts. */
    public static void main(String[] arguments) {
        List<String> given = List.of(arguments);
        if (given.isEmpty() || !List.of("", "--with-stock-kafka").contains(given.size() == 1 ? "" : given.get(1))) {
            throw new IllegalArgumentException("Usage: FlumeHome <directory> [--with-stock-kafka]");
        }
        if (given.size() == 1) {
            withoutStockKafka(Path.of(given.get(0)));
        } else {
            withStockKafka(Path.of(given.get(0)));
        }
    }

    private static FlumeHome assemble(Path directory, FlumeVersion version, List<String> runtimes) {
        FlumeHome home = new FlumeHome(directory.toAbsolutePath().normalize());
        try {
            for (String folder : List.of("bin", "conf", "lib", "plugins.d", "logs", "tmp")) {
                Files.createDirectories(home.path.resolve(folder));
            }
            for (String runtime : runtimes) {
                for (Path jar : RuntimeClassPath.named(runtime).entries()) {
                    link(jar, home.lib().resolve(jar.getFileName()));
                }
            }
            Files.writeString(home.script(), resource("bin/flume-ng"));
            if (!home.script().toFile().setExecutable(true)) {
                throw new IOException("Cannot make " + home.script() + " executable");
            }
            Files.writeString(
                    home.conf().resolve(version.logConfiguration()),
                    resource("conf/" + version.logConfiguration())
                            .replace("@logs@", home.path.resolve("logs").toString()));
            return home;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot make a Flume home in " + directory, e);
        }
    }

    // Not a symbolic link: who deletes the home must not have to ask what a link's target is to him.
    private static void link(Path jar, Path link) throws IOException {
        if (Files.exists(link)) {
            return;
        }
        try {
            Files.createLink(link, jar);
        } catch (IOException | UnsupportedOperationException otherFileSystem) {
            Files.copy(jar, link);
        }
    }

    /** The folder for agent files; first in the class path. */
    public Path conf() {
        return path.resolve("conf");
    }

    /** Flume's own jars. */
    public Path lib() {
        return path.resolve("lib");
    }

    /** Where plugins are unzipped. */
    public Path plugins() {
        return path.resolve("plugins.d");
    }

    /** {@code bin/flume-ng}. */
    public Path script() {
        return path.resolve("bin").resolve("flume-ng");
    }

    /** Unzips a plugin into {@code plugins.d}, with the files' permissions. */
    public FlumeHome install(Path pluginZip) {
        try (FileSystem zip = FileSystems.newFileSystem(pluginZip, Map.of("enablePosixFileAttributes", "true"))) {
            copy(zip.getPath("/"), plugins());
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot install " + pluginZip, e);
        }
    }

    /** Copies a plugin's folder, with its name, into {@code plugins.d}. */
    public FlumeHome installUnpacked(Path pluginFolder) {
        try {
            copy(pluginFolder, plugins().resolve(pluginFolder.getFileName()));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot install " + pluginFolder, e);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        List<Path> paths;
        try (Stream<Path> walk = Files.walk(from)) {
            paths = walk.toList();
        }
        for (Path path : paths) {
            Path target = to.resolve(from.relativize(path).toString()).normalize();
            if (!target.startsWith(to)) {
                throw new IOException(path + " would leave " + to);
            }
            if (Files.isDirectory(path)) {
                Files.createDirectories(target);
            } else {
                Files.copy(path, target, StandardCopyOption.REPLACE_EXISTING);
                // The copy from a zip to a disk does not take them over.
                Files.setPosixFilePermissions(target, Files.getPosixFilePermissions(path));
            }
        }
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = FlumeHome.class.getResourceAsStream("/flume-home/" + name)) {
            if (in == null) {
                throw new IOException("No resource " + name);
            }
            return new String(in.readAllBytes(), UTF_8);
        }
    }
}
