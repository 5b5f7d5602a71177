// SPDX-License-Identifier: Apache-2.0
package io.flafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.testing.CompiledJar;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The warning about Flume's own Kafka jars on the class path. */
class StockClassesTest {

    private static final Path PLUGIN = Path.of("/opt/my flume/plugins.d/flume-kafka");

    private Path home;

    @BeforeEach
    void createHomeWithSpaceInPath(@TempDir Path directory) throws IOException {
        home = Files.createDirectory(directory.resolve("my flume"));
    }

    @Test
    void warnsIfStockJarsComeBeforeOurs() throws Exception {
        URL source = jar("flume-kafka-source-1.11.0.jar", "org.apache.flume.source.kafka.KafkaSource");
        URL channel = jar("flume-kafka-channel-1.11.0.jar", "org.apache.flume.channel.kafka.KafkaChannel");

        try (URLClassLoader host = new URLClassLoader(new URL[] {source, channel, ours()}, null)) {
            assertThat(StockClasses.warning(host, PLUGIN))
                    .contains("Flume's own Kafka components come before this plugin's on the class path:"
                            + " type = org.apache.flume.source.kafka.KafkaSource gets the class in " + home
                            + "/flume-kafka-source-1.11.0.jar;"
                            + " type = org.apache.flume.channel.kafka.KafkaChannel gets the class in " + home
                            + "/flume-kafka-channel-1.11.0.jar."
                            + " To use this plugin's components, write the types io.flafka.KafkaSource, io.flafka.KafkaSink and"
                            + " io.flafka.KafkaChannel, or run /opt/my flume/plugins.d/flume-kafka/bin/takeover, which moves Flume's"
                            + " jars out of its lib (--undo moves them back).");
        }
    }

    @Test
    void doesNotWarnIfStockJarsComeAfterOurs() throws Exception {
        URL sink = jar("flume-ng-kafka-sink-1.11.0.jar", "org.apache.flume.sink.kafka.KafkaSink");

        try (URLClassLoader host = new URLClassLoader(new URL[] {ours(), sink}, null)) {
            assertThat(StockClasses.warning(host, PLUGIN)).isEmpty();
        }
    }

    @Test
    void doesNotWarnWithoutStockJars() throws Exception {
        try (URLClassLoader host = new URLClassLoader(new URL[] {ours()}, null)) {
            assertThat(StockClasses.warning(host, PLUGIN)).isEmpty();
        }
    }

    private URL ours() throws IOException {
        return jar(
                "flume-kafka-plugin-1.0.jar",
                "io.flafka.KafkaSource",
                "org.apache.flume.source.kafka.KafkaSource",
                "org.apache.flume.sink.kafka.KafkaSink",
                "org.apache.flume.channel.kafka.KafkaChannel");
    }

    private URL jar(String name, String... classNames) throws IOException {
        CompiledJar jar = new CompiledJar();
        for (String className : classNames) {
            jar.addClassWithToString(className, name);
        }
        return jar.writeTo(home.resolve(name)).toUri().toURL();
    }
}
