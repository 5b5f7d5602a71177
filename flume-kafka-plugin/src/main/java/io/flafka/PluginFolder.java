// SPDX-License-Identifier: Apache-2.0
package io.flafka;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flume.FlumeException;

/**
 * The folder of the unzipped plugin, with the jars of its {@code kafka} and {@code drop-in} folders.
 *
 * @param path the folder, in which {@code lib}, {@code kafka} and {@code drop-in} are
 * @param kafkaJars the product's own jars in the order of their names; never empty, one version of each
 * @param dropInJars the operator's jars in the order of their names
 */
record PluginFolder(Path path, List<Path> kafkaJars, List<Path> dropInJars) {

    private static final Pattern VERSIONED = Pattern.compile("(?<artifact>.+?)-\\d.*\\.jar");

    /** Returns the folder that this class was loaded from. */
    static PluginFolder ofThisPlugin() {
        return ofPluginJar(locationOf(PluginFolder.class));
    }

    /**
     * Returns the folder of a plugin jar.
     *
     * @param pluginJar the jar, which must be in the folder's {@code lib}
     * @throws FlumeException if the folder does not have the layout of the zip; the message describes that layout
     */
    static PluginFolder ofPluginJar(Path pluginJar) {
        // Not toRealPath: if the operator has linked the folder into plugins.d, messages show the operator's path.
        Path lib = Optional.ofNullable(pluginJar.toAbsolutePath().normalize().getParent())
                .orElseThrow(() -> new FlumeException("The path of the plugin's jar has no folder: " + pluginJar));
        Path folder = Optional.ofNullable(lib.getParent()).orElse(lib);
        List<Path> kafka = jarsIn(folder.resolve("kafka"));
        if (kafka.isEmpty()) {
            throw new FlumeException(missingKafkaMessage(pluginJar, folder.resolve("kafka")));
        }
        rejectTwoVersions(kafka, folder);
        return new PluginFolder(folder, kafka, jarsIn(folder.resolve("drop-in")));
    }

    /**
     * Returns the class path without the first of the product's jars. The operator's jars come last, so that they never hide a class of the product.
     *
     * @param skippedJars how many of the product's jars to leave out
     */
    URL[] classPathAfter(int skippedJars) {
        return Stream.concat(kafkaJars.stream().skip(skippedJars), dropInJars.stream())
                .map(PluginFolder::toUrl)
                .toArray(URL[]::new);
    }

    @Override
    public String toString() {
        return path + " (kafka: " + fileNames(kafkaJars) + "; drop-in: " + fileNames(dropInJars) + ")";
    }

    private static Path locationOf(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        if (source == null || source.getLocation() == null) {
            throw new FlumeException("The plugin's jar has no location, so the kafka folder cannot be found");
        }
        try {
            return Path.of(source.getLocation().toURI());
        } catch (URISyntaxException | IllegalArgumentException e) {
            throw new FlumeException("The plugin's jar is not a file: " + source.getLocation(), e);
        }
    }

    private static List<Path> jarsIn(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new FlumeException("Cannot read the plugin's folder " + directory, e);
        }
    }

    private static String missingKafkaMessage(Path pluginJar, Path kafka) {
        return "No jar in " + kafka + ", where " + pluginJar + """
                 expects the Kafka client. The plugin must be in Flume's plugins.d with the layout of its zip:
                  plugins.d/flume-kafka/lib/flume-kafka-plugin-<version>.jar
                  plugins.d/flume-kafka/kafka/*.jar
                  plugins.d/flume-kafka/drop-in/
                Unzip flume-kafka-<version>.zip into plugins.d and remove copies of the plugin's jar from other folders.""";
    }

    /** Rejects the folder if an upgrade was unzipped over an older version: with both, the class loader could use either. */
    private static void rejectTwoVersions(List<Path> jars, Path folder) {
        Map<String, List<Path>> byArtifact =
                jars.stream().collect(Collectors.groupingBy(PluginFolder::artifact, TreeMap::new, Collectors.toList()));
        byArtifact.values().stream()
                .filter(versions -> versions.size() > 1)
                .findFirst()
                .ifPresent(versions -> {
                    throw new FlumeException("Two versions of the plugin are in " + folder + ": its kafka folder has "
                            + fileNames(versions)
                            + ". Remove the folder (keep your jars in drop-in) and unzip the version you want.");
                });
    }

    private static String artifact(Path jar) {
        String name = String.valueOf(jar.getFileName());
        Matcher versioned = VERSIONED.matcher(name);
        return versioned.matches() ? versioned.group("artifact") : name;
    }

    private static String fileNames(List<Path> jars) {
        return jars.isEmpty()
                ? "none"
                : jars.stream().map(jar -> String.valueOf(jar.getFileName())).collect(Collectors.joining(", "));
    }

    private static URL toUrl(Path jar) {
        try {
            return jar.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new UncheckedIOException(e);
        }
    }
}
