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
 * The jars that lie beside the plugin's {@code lib} folder: {@code kafka}, then what the operator put into {@code drop-in}.
 *
 * @param kafka  the product's own jars, in the order of their names; never empty, one version of each
 * @param dropIn the operator's jars, in the order of their names
 */
record PluginFolder(Path path, List<Path> kafka, List<Path> dropIn) {

    private static final Pattern VERSIONED = Pattern.compile("(?<artifact>.+?)-\\d.*\\.jar");

    /** The folder that this class was loaded from. */
    static PluginFolder ofThisPlugin() {
        return ofPluginJar(locationOf(PluginFolder.class));
    }

    /**
     * The folder of a plugin jar, which lies in the folder's {@code lib}.
     *
     * @throws FlumeException if the folder is not laid out as it was unzipped; the message says how it should be
     */
    static PluginFolder ofPluginJar(Path pluginJar) {
        // Not toRealPath: whoever links the plugin's folder into plugins.d finds the path in the message that they
        // wrote.
        Path lib = Optional.ofNullable(pluginJar.toAbsolutePath().normalize().getParent())
                .orElseThrow(() -> new FlumeException("The plugin's jar cannot be " + pluginJar));
        Path folder = Optional.ofNullable(lib.getParent()).orElse(lib);
        List<Path> kafka = jarsIn(folder.resolve("kafka"));
        if (kafka.isEmpty()) {
            throw new FlumeException(noKafka(pluginJar, folder.resolve("kafka")));
        }
        refuseTwoVersions(kafka, folder);
        return new PluginFolder(folder, kafka, jarsIn(folder.resolve("drop-in")));
    }

    /** What a class loader searches behind so many of the product's jars, in this order: an operator's jar never hides one of the product's. */
    URL[] classPathBehind(int searched) {
        return Stream.concat(kafka.stream().skip(searched), dropIn.stream())
                .map(PluginFolder::toUrl)
                .toArray(URL[]::new);
    }

    @Override
    public String toString() {
        return path + " (kafka: " + names(kafka) + "; drop-in: " + names(dropIn) + ")";
    }

    private static Path locationOf(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        if (source == null || source.getLocation() == null) {
            throw new FlumeException(
                    "The plugin's jar does not say where it was loaded from, so the kafka folder cannot be found");
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

    private static String noKafka(Path pluginJar, Path kafka) {
        return "No jar in " + kafka + ", where " + pluginJar + """
                 expects the Kafka client. The plugin must lie in Flume's plugins.d as it was unzipped:
                  plugins.d/flume-kafka/lib/flume-kafka-plugin-<version>.jar
                  plugins.d/flume-kafka/kafka/*.jar
                  plugins.d/flume-kafka/drop-in/
                Unzip flume-kafka-<version>.zip into plugins.d and take copies of the jar out of other folders.""";
    }

    /** An upgrade that was unzipped over the version before leaves both in the folder; which one wins would be chance. */
    private static void refuseTwoVersions(List<Path> jars, Path folder) {
        Map<String, List<Path>> byArtifact =
                jars.stream().collect(Collectors.groupingBy(PluginFolder::artifact, TreeMap::new, Collectors.toList()));
        byArtifact.values().stream()
                .filter(versions -> versions.size() > 1)
                .findFirst()
                .ifPresent(versions -> {
                    throw new FlumeException(
                            "Two versions of the plugin lie in " + folder + ": its kafka folder has " + names(versions)
                                    + ". Remove the folder (keep your jars in drop-in) and unzip the version you want.");
                });
    }

    private static String artifact(Path jar) {
        String name = String.valueOf(jar.getFileName());
        Matcher versioned = VERSIONED.matcher(name);
        return versioned.matches() ? versioned.group("artifact") : name;
    }

    private static String names(List<Path> jars) {
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
