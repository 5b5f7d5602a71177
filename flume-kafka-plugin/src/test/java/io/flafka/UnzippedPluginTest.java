// SPDX-License-Identifier: Apache-2.0
package io.flafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The plugin's jar on an agent's class path, in a folder with the layout of the zip. */
class UnzippedPluginTest {

    @TempDir
    private static Path home;

    private static Path jar = Path.of("");

    @BeforeAll
    static void unzip() throws Exception {
        // An operator may have a space in the path.
        Path folder = home.resolve("plugins.d/flume kafka");
        RecordingPlugin.unzipTo(folder);
        jar = pluginJar(folder.resolve("lib/flume-kafka-plugin-1.0.jar"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "io.flafka.KafkaSource",
                "io.flafka.KafkaSink",
                "io.flafka.KafkaChannel",
                "org.apache.flume.source.kafka.KafkaSource",
                "org.apache.flume.sink.kafka.KafkaSink",
                "org.apache.flume.channel.kafka.KafkaChannel"
            })
    void findsImplementationRelativeToItsJar(String type) throws Exception {
        try (URLClassLoader agent = agentWith(jar)) {
            assertThat(agent.loadClass(type).getConstructor().newInstance()).hasToString("new");
        }
    }

    @Test
    void componentsShareLoader() throws Exception {
        try (URLClassLoader agent = agentWith(jar)) {
            Object source = implementation("source", agent.loadClass("io.flafka.KafkaSource"));
            Object sink = implementation("sink", agent.loadClass("io.flafka.KafkaSink"));

            assertThat(source.getClass().getClassLoader())
                    .isSameAs(sink.getClass().getClassLoader())
                    .isNotSameAs(agent);
        }
    }

    @Test
    void failsInFlumesLib() throws Exception {
        Path misplaced = pluginJar(home.resolve("lib/flume-kafka-plugin-1.0.jar"));

        try (URLClassLoader agent = agentWith(misplaced)) {
            var source = agent.loadClass("io.flafka.KafkaSource").getConstructor();
            for (int attempt = 0; attempt < 2; attempt++) {
                assertThatThrownBy(source::newInstance)
                        .isInstanceOf(InvocationTargetException.class)
                        .cause()
                        .isInstanceOf(org.apache.flume.FlumeException.class)
                        .hasMessageStartingWith(
                                "No jar in " + home.resolve("kafka") + ", where " + misplaced + " expects");
            }
        }
    }

    private static Object implementation(String fieldName, Class<?> thinClass) throws ReflectiveOperationException {
        Field field = thinClass.getDeclaredField(fieldName);
        field.setAccessible(true);
        return field.get(thinClass.getConstructor().newInstance());
    }

    /** Returns the agent's application loader. It has Flume's API, and takes this plugin's classes only from the given jar. */
    private static URLClassLoader agentWith(Path jar) throws IOException {
        ClassLoader withoutOurs = new ClassLoader(UnzippedPluginTest.class.getClassLoader()) {
            @Override
            protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
                if (name.startsWith("io.flafka.") || name.matches("org\\.apache\\.flume\\.[a-z]+\\.kafka\\..*")) {
                    throw new ClassNotFoundException(name);
                }
                return super.loadClass(name, resolve);
            }
        };
        return new URLClassLoader(new URL[] {jar.toUri().toURL()}, withoutOurs);
    }

    private static Path pluginJar(Path jar) throws Exception {
        Path classes = Path.of(KafkaSource.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        Files.createDirectories(jar.getParent());
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out);
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                entries.putNextEntry(new JarEntry(classes.relativize(file).toString()));
                Files.copy(file, entries);
            }
        }
        return jar;
    }
}
