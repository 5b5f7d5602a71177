// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Finds a machine's Java installations by the content of their folders. */
class InstalledJavaTest {
    @TempDir
    private Path directory;

    @Test
    void findsTheJavaThatRunsTheTests() {
        int version = Runtime.version().feature();

        assertThat(InstalledJava.ofVersion(version))
                .hasValue(new InstalledJava(version, Path.of(System.getProperty("java.home"))));
    }

    @Test
    void readsTheFeatureVersionOfAFolder() throws IOException {
        Path java =
                Files.createFile(Files.createDirectory(directory.resolve("bin")).resolve("java"));
        assertThat(java.toFile().setExecutable(true)).isTrue();
        Files.writeString(directory.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"25.0.3\"\n");

        assertThat(InstalledJava.in(directory)).hasValue(new InstalledJava(25, directory));
    }

    @Test
    void ignoresAFolderWithoutAJavaProgram() throws IOException {
        Files.writeString(directory.resolve("release"), "JAVA_VERSION=\"25.0.3\"\n");

        assertThat(InstalledJava.in(directory)).isEmpty();
    }
}
