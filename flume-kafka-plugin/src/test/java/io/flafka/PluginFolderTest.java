// SPDX-License-Identifier: Apache-2.0
package io.flafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.flume.FlumeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The layout of the plugin's folder, and the errors if it is wrong. */
class PluginFolderTest {

    @TempDir
    private Path home;

    @Test
    void classPathHasKafkaBeforeDropInInOrderOfNames() throws Exception {
        file("kafka/b-1.jar");
        file("kafka/a-1.jar");
        file("drop-in/README.txt");
        file("drop-in/my.jar");

        PluginFolder folder = PluginFolder.ofPluginJar(file("lib/plugin.jar"));

        assertThat(Arrays.stream(folder.classPathAfter(0))
                        .map(url -> url.toString().replaceFirst(".*/flume-kafka/", "")))
                .containsExactly("kafka/a-1.jar", "kafka/b-1.jar", "drop-in/my.jar");
        assertThat(Arrays.stream(folder.classPathAfter(1))
                        .map(url -> url.toString().replaceFirst(".*/flume-kafka/", "")))
                .containsExactly("kafka/b-1.jar", "drop-in/my.jar");
        assertThat(folder).hasToString(home.resolve("flume-kafka") + " (kafka: a-1.jar, b-1.jar; drop-in: my.jar)");
    }

    @Test
    void worksWithoutDropInFolder() throws Exception {
        file("kafka/a-1.jar");

        PluginFolder folder = PluginFolder.ofPluginJar(file("lib/plugin.jar"));

        assertThat(folder).hasToString(home.resolve("flume-kafka") + " (kafka: a-1.jar; drop-in: none)");
    }

    @Test
    void keepsPathOfLinkedFolder() throws Exception {
        file("kafka/a-1.jar");
        file("lib/plugin.jar");
        Path link = Files.createSymbolicLink(home.resolve("linked"), home.resolve("flume-kafka"));

        PluginFolder folder = PluginFolder.ofPluginJar(link.resolve("lib/plugin.jar"));

        assertThat(folder.path()).isEqualTo(link);
    }

    @Test
    void reportsExpectedLayoutIfJarIsInFlumesLib() {
        Path jar = home.resolve("lib/flume-kafka-plugin-1.0.jar");

        assertThatThrownBy(() -> PluginFolder.ofPluginJar(jar))
                .isInstanceOf(FlumeException.class)
                .hasMessage("No jar in " + home.resolve("kafka") + ", where " + jar + """
                         expects the Kafka client. The plugin must be in Flume's plugins.d with the layout of its zip:
                          plugins.d/flume-kafka/lib/flume-kafka-plugin-<version>.jar
                          plugins.d/flume-kafka/kafka/*.jar
                          plugins.d/flume-kafka/drop-in/
                        Unzip flume-kafka-<version>.zip into plugins.d and remove copies of the plugin's jar from other folders.""");
    }

    @Test
    void reportsExpectedLayoutIfKafkaFolderHasNoJar() throws Exception {
        file("kafka/README.txt");
        Path jar = file("lib/plugin.jar");

        assertThatThrownBy(() -> PluginFolder.ofPluginJar(jar))
                .isInstanceOf(FlumeException.class)
                .hasMessageStartingWith("No jar in " + home.resolve("flume-kafka/kafka") + ", where " + jar);
    }

    @Test
    void rejectsFolderWithTwoVersions() throws Exception {
        file("kafka/kafka-clients-4.4.0.jar");
        file("kafka/kafka-clients-4.5.0.jar");
        file("kafka/zstd-jni-1.5.7-17.jar");
        Path jar = file("lib/plugin.jar");

        assertThatThrownBy(() -> PluginFolder.ofPluginJar(jar))
                .isInstanceOf(FlumeException.class)
                .hasMessage("Two versions of the plugin are in " + home.resolve("flume-kafka")
                        + ": its kafka folder has kafka-clients-4.4.0.jar, kafka-clients-4.5.0.jar."
                        + " Remove the folder (keep your jars in drop-in) and unzip the version you want.");
    }

    private Path file(String path) throws IOException {
        Path file = home.resolve("flume-kafka").resolve(path);
        Files.createDirectories(file.getParent());
        return Files.createFile(file);
    }
}
