// SPDX-License-Identifier: Apache-2.0
package io.flafka.dist;

import io.flafka.testing.FlumeHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The part of a Flume home that {@code bin/takeover} reads: Flume's core, the jars of its own Kafka components, and the plugin.
 * It has few files, so that each test can have its own home.
 *
 * @param path the home's directory
 */
record StockHome(Path path) {

    static final String SOURCE = "flume-kafka-source-1.11.0.jar";
    static final String SINK = "flume-ng-kafka-sink-1.11.0.jar";
    static final String CHANNEL = "flume-kafka-channel-1.11.0.jar";

    private static final Set<String> PARTS = Set.of("flume-ng-core-1.11.0.jar", SOURCE, SINK, CHANNEL);

    private static final List<String> TYPES = List.of(
            "org.apache.flume.source.kafka.KafkaSource",
            "org.apache.flume.sink.kafka.KafkaSink",
            "org.apache.flume.channel.kafka.KafkaChannel",
            "io.flafka.KafkaSource",
            "io.flafka.KafkaSink",
            "io.flafka.KafkaChannel");

    /** Copies the jars, and the plugin without its {@code kafka} folder, from a complete home. */
    static StockHome of(FlumeHome completeHome, Path path) throws IOException {
        StockHome home = new StockHome(path);
        Files.createDirectories(home.lib());
        for (String jar : PARTS) {
            Files.copy(completeHome.lib().resolve(jar), home.lib().resolve(jar));
        }
        Path plugin = completeHome.plugins().resolve("flume-kafka");
        for (String folder : List.of("bin", "lib")) {
            copy(plugin.resolve(folder), home.plugin().resolve(folder));
        }
        return home;
    }

    Path lib() {
        return path.resolve("lib");
    }

    Path replaced() {
        return lib().resolve("replaced-by-flume-kafka");
    }

    Path plugin() {
        return path.resolve("plugins.d/flume-kafka");
    }

    Path pluginJar() {
        return plugin().resolve("lib/flume-kafka-plugin-" + Distribution.VERSION + ".jar");
    }

    PluginScript takeover() {
        return PluginScript.at(plugin().resolve("bin/takeover"));
    }

    /** Returns what the script reports if all type names use this plugin. */
    List<String> allUseThisPlugin() {
        return TYPES.stream().map(this::usesThisPlugin).toList();
    }

    String usesThisPlugin(String type) {
        return type + ": uses this plugin: " + pluginJar();
    }

    /** Copies a component's jar under the name of another version. */
    Path addVersion(String jar, String version) throws IOException {
        return Files.copy(lib().resolve(jar), lib().resolve(jar.replace("1.11.0", version)));
    }

    /** Returns the relative paths of all files and folders in the home. */
    Set<String> tree() throws IOException {
        try (Stream<Path> paths = Files.walk(path)) {
            return paths.map(found -> path.relativize(found).toString()).collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }
}
