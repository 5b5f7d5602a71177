// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Finds the runtimes that the build has written. */
class RuntimeClassPathTest {
    @TempDir
    Path directory;

    @Test
    void isFoundFromAnyFolderOfTheCheckout() throws Exception {
        Path target = Files.createDirectories(directory.resolve("flume-kafka-testing/runtimes/x/target"));
        Files.writeString(target.resolve("classpath"), "/a.jar:/b.jar\n");
        Path below = Files.createDirectories(directory.resolve("examples/quickstart"));

        RuntimeClassPath found = RuntimeClassPath.named("x", below);

        assertThat(found.entries()).containsExactly(Path.of("/a.jar"), Path.of("/b.jar"));
        assertThat(found.classPathAfter(Path.of("/own"))).isEqualTo("/own:/a.jar:/b.jar");
    }

    @Test
    void explainsHowToBuildAMissingRuntime() {
        assertThatThrownBy(() -> RuntimeClassPath.named("x", directory))
                .hasMessage("No class path of runtime 'x' in or above " + directory
                        + "; build it with: mvn package -pl flume-kafka-testing/runtimes/x");
    }

    @Test
    void hasKafkaOnlyInTheStockRuntime() {
        assertThat(names("flume-1.11.0"))
                .contains("flume-ng-node-1.11.0.jar", "flume-hdfs-sink-1.11.0.jar", "log4j-core-2.18.0.jar")
                .noneMatch(name -> name.contains("kafka") || name.startsWith("hadoop") || name.startsWith("zstd"));
        assertThat(names("flume-1.11.0-stock-kafka"))
                .containsExactlyInAnyOrder(
                        "flume-kafka-source-1.11.0.jar",
                        "flume-ng-kafka-sink-1.11.0.jar",
                        "flume-kafka-channel-1.11.0.jar",
                        "flume-shared-kafka-1.11.0.jar",
                        "kafka-clients-2.7.2.jar",
                        "zstd-jni-1.4.5-6.jar",
                        "lz4-java-1.7.1.jar",
                        "snappy-java-1.1.8.4.jar");
    }

    private static List<String> names(String runtime) {
        return RuntimeClassPath.named(runtime).entries().stream()
                .map(jar -> String.valueOf(jar.getFileName()))
                .toList();
    }
}
