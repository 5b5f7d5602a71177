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
 * A Flume home with the layout of Flume's tarball, 1.11.0 by default: {@code bin/flume-ng} (our copy), {@code lib}
 * (hard links into Maven's repository where the file system allows it), {@code conf}, {@code plugins.d}, {@code logs},
 * {@code tmp}.
 *
 * <p>It is also a program: {@code java io.flafka.testing.FlumeHome <directory> [--with-stock-kafka]}.
 *
 * @param path the home's directory
 */
public record FlumeHome(Path path) {
    private static final String WITHOUT_STOCK_KAFKA = "flume-1.11.0";

    /** Creates a home without any Kafka jar in {@code lib}. The directory may exist and should be empty. */
    public static FlumeHome withoutStockKafka(Path directory) {
        return assemble(directory, FlumeVersion.FLUME_1_11_0, List.of(WITHOUT_STOCK_KAFKA));
    }

    /**
     * Creates a home whose {@code lib} also has the stock Kafka components and kafka-clients 2.7.2, as the tarball
     * does.
     */
    public static FlumeHome withStockKafka(Path directory) {
        return of(FlumeVersion.FLUME_1_11_0, directory);
    }

    /** Creates a home of a Flume version, with the stock Kafka components in {@code lib}. */
    public static FlumeHome of(FlumeVersion version, Path directory) {
        return assemble(directory, version, version.runtimes());
    }

    /** Creates a home from a script. */
    public static void main(String[] arguments) {
        List<String> words = List.of(arguments);
        if (words.isEmpty() || !List.of("", "--with-stock-kafka").contains(words.size() == 1 ? "" : words.get(1))) {
            throw new IllegalArgumentException("Usage: FlumeHome <directory> [--with-stock-kafka]");
        }
        if (words.size() == 1) {
            withoutStockKafka(Path.of(words.get(0)));
        } else {
            withStockKafka(Path.of(words.get(0)));
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
            throw new UncheckedIOException("Cannot create a Flume home in " + directory, e);
        }
    }

    // Not a symbolic link: a program that deletes the home and follows links would delete Maven's repository.
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

    /** Returns the folder for agent files, which is first on the class path. */
    public Path conf() {
        return path.resolve("conf");
    }

    /** Returns the folder of Flume's own jars. */
    public Path lib() {
        return path.resolve("lib");
    }

    /** Returns the folder for unzipped plugins. */
    public Path plugins() {
        return path.resolve("plugins.d");
    }

    /** Returns {@code bin/flume-ng}. */
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
                // A copy from a zip to a disk does not keep permissions.
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
