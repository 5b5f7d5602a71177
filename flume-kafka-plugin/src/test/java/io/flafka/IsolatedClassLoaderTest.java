// SPDX-License-Identifier: Apache-2.0
package io.flafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.testing.CompiledJar;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.flume.FlumeException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which copy of a class or resource the loader uses, with real jars in the agent and in the plugin's folder. */
class IsolatedClassLoaderTest {

    @TempDir(cleanup = CleanupMode.ALWAYS)
    private Path home;

    private final CompiledJar flumeLib = new CompiledJar();
    private final CompiledJar kafka = new CompiledJar();
    private final CompiledJar dropIn = new CompiledJar();
    private final List<AutoCloseable> opened = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable loader : opened) {
            loader.close();
        }
    }

    @Test
    void prefersClassOfFolderToClassOfAgent() throws Exception {
        flumeLib.addClassWithToString("any.library.Version", "agent");
        kafka.addClassWithToString("any.library.Version", "kafka");
        dropIn.addClassWithToString("any.library.Version", "drop-in");

        assertThat(newInstanceOf("any.library.Version")).hasToString("kafka");
    }

    @Test
    void prefersClassInDropInToClassOfAgent() throws Exception {
        flumeLib.addClassWithToString("any.library.Version", "agent");
        dropIn.addClassWithToString("any.library.Version", "drop-in");

        assertThat(newInstanceOf("any.library.Version")).hasToString("drop-in");
    }

    @Test
    void usesClassOfAgentIfFolderHasNone() throws Exception {
        flumeLib.addClassWithToString("any.library.Version", "agent");

        assertThat(newInstanceOf("any.library.Version")).hasToString("agent");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.apache.kafka.clients.Old",
                "com.github.luben.zstd.Old",
                "net.jpountz.lz4.Old",
                "org.xerial.snappy.Old",
                "com.fasterxml.jackson.databind.Old",
                "org.jose4j.jwt.Old",
                "io.flafka.sink.Old"
            })
    void neverUsesAgentsCopyOf(String isolated) throws Exception {
        flumeLib.addClassWithToString(isolated, "agent");

        IsolatedClassLoader loader = loader();

        assertThatThrownBy(() -> loader.loadClass(isolated))
                .isInstanceOf(ClassNotFoundException.class)
                .hasMessage(isolated);
        assertThat(loader.getParent().loadClass(isolated)).isNotNull();
    }

    @Test
    void neverUsesFlumeOrSlf4jOfFolder() throws Exception {
        kafka.addClassWithToString("org.apache.flume.Event", "kafka");
        dropIn.addClassWithToString("org.slf4j.Logger", "drop-in");

        IsolatedClassLoader loader = loader();

        assertThat(loader.loadClass("org.apache.flume.Event")).isSameAs(org.apache.flume.Event.class);
        assertThat(loader.loadClass("org.slf4j.Logger")).isSameAs(org.slf4j.Logger.class);
    }

    @Test
    void prefersResourceOfFolder() throws Exception {
        flumeLib.addResource("version.properties", "agent").addResource("only-agent.txt", "agent");
        kafka.addResource("version.properties", "kafka");

        IsolatedClassLoader loader = loader();

        assertThat(text(loader.getResource("version.properties"))).isEqualTo("kafka");
        assertThat(text(loader.getResource("only-agent.txt"))).isEqualTo("agent");
        assertThat(texts(loader, "version.properties")).containsExactly("kafka", "agent");
    }

    @Test
    void readsResourceOfItsOwner() throws Exception {
        String slf4jService = "META-INF/services/org.slf4j.spi.SLF4JServiceProvider";
        flumeLib.addResource("version.properties", "agent")
                .addResource("only-agent.txt", "agent")
                .addResource("org/xerial/snappy/native/lib.so", "agent")
                .addResource(slf4jService, "agent");
        kafka.addResource("version.properties", "kafka").addResource(slf4jService, "kafka");
        dropIn.addResource("only-drop-in.txt", "drop-in");
        IsolatedClassLoader loader = loader();

        assertThat(text(loader.getResourceAsStream("version.properties"))).isEqualTo("kafka");
        assertThat(text(loader.getResourceAsStream("only-agent.txt"))).isEqualTo("agent");
        assertThat(text(loader.getResourceAsStream("only-drop-in.txt"))).isEqualTo("drop-in");
        assertThat(text(loader.getResourceAsStream(slf4jService))).isEqualTo("agent");
        assertThat(loader.getResourceAsStream("org/xerial/snappy/native/lib.so"))
                .isNull();
        assertThat(loader.getResourceAsStream("none")).isNull();
    }

    @Test
    void urlOfResourceCanBeOpened() throws Exception {
        kafka.addResource("a b/größe%20#1?.txt", "kafka");

        assertThat(text(loader().getResource("a b/größe%20#1?.txt"))).isEqualTo("kafka");
    }

    @Test
    void classHasCodeSourceOfItsJar() throws Exception {
        kafka.addClassWithToString("any.library.Version", "kafka");

        assertThat(newInstanceOf("any.library.Version")
                        .getClass()
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation())
                .isEqualTo(home.resolve("kafka/kafka-1.jar").toUri().toURL());
    }

    @Test
    void findsClassesInSignedJarAndInJarsAfterIt() throws Exception {
        kafka.addClassWithToString("any.library.Version", "kafka").addResource("META-INF/KEY.SF", "");
        dropIn.addClassWithToString("any.library.Version", "drop-in")
                .addClassWithToString("any.library.Other", "drop-in");
        IsolatedClassLoader loader = loader();

        assertThat(loader.loadClass("any.library.Version").getConstructor().newInstance())
                .hasToString("kafka");
        assertThat(loader.loadClass("any.library.Other").getConstructor().newInstance())
                .hasToString("drop-in");
    }

    @Test
    void doesNotFindUnreadableClassOrResource() throws Exception {
        kafka.addClassWithToString("any.library.Version", "kafka").addResource("version.properties", "kafka");
        IsolatedClassLoader loader = loader();
        loader.close();

        assertThatThrownBy(() -> loader.loadClass("org.apache.kafka.None")).isInstanceOf(ClassNotFoundException.class);
        assertThatThrownBy(() -> loader.findClass("any.library.Version"))
                .isInstanceOf(ClassNotFoundException.class)
                .hasCauseInstanceOf(IOException.class);
        assertThat(loader.getResource("version.properties")).isNull();
        assertThat(loader.getResourceAsStream("version.properties")).isNull();
        assertThatThrownBy(() -> loader.getResources("version.properties")).isInstanceOf(IOException.class);
    }

    @Test
    void listsServiceFilesOnlyOfTheirOwner() throws Exception {
        String kafkaService = "META-INF/services/org.apache.kafka.common.config.provider.ConfigProvider";
        String slf4jService = "META-INF/services/org.slf4j.spi.SLF4JServiceProvider";
        flumeLib.addResource(kafkaService, "agent").addResource(slf4jService, "agent");
        kafka.addResource(kafkaService, "kafka").addResource(slf4jService, "kafka");
        dropIn.addResource(kafkaService, "drop-in");

        IsolatedClassLoader loader = loader();

        assertThat(texts(loader, kafkaService)).containsExactly("kafka", "drop-in");
        assertThat(texts(loader, slf4jService)).containsExactly("agent");
        assertThat(text(loader.getResource(slf4jService))).isEqualTo("agent");
    }

    @Test
    void hidesAgentsResourcesOfIsolatedPackages() throws Exception {
        flumeLib.addResource("org/xerial/snappy/native/lib.so", "agent");

        IsolatedClassLoader loader = loader();

        assertThat(loader.getResource("org/xerial/snappy/native/lib.so")).isNull();
        assertThat(texts(loader, "org/xerial/snappy/native/lib.so")).isEmpty();
    }

    @Test
    void loadsClassWhileAnotherThreadHoldsLockOfLoader() throws Exception {
        kafka.addClassWithToString("org.apache.kafka.New", "kafka");
        IsolatedClassLoader loader = loader();
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try {
            synchronized (loader) {
                Future<Class<?>> loaded = threads.submit(() -> loader.loadClass("org.apache.kafka.New"));
                assertThat(loaded.get(10, TimeUnit.SECONDS).getClassLoader()).isSameAs(loader);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void loadsInterdependentClassesInTwoThreadsWithoutDeadlock() throws Exception {
        int pairs = 40;
        for (int i = 0; i < pairs; i++) {
            kafka.addSource(
                    "k.A" + i, "package k; public class A%d { Object b() { return new B%d(); } }".formatted(i, i));
            kafka.addSource("k.B" + i, "package k; public class B%d extends A%d { }".formatted(i, i));
        }
        IsolatedClassLoader loader = loader();
        ExecutorService threads = Executors.newFixedThreadPool(2);
        CyclicBarrier together = new CyclicBarrier(2);
        try {
            for (int i = 0; i < pairs; i++) {
                String number = String.valueOf(i);
                Future<Class<?>> superclass = threads.submit(() -> initialized("k.A" + number, loader, together));
                Future<Class<?>> subclass = threads.submit(() -> initialized("k.B" + number, loader, together));
                assertThat(subclass.get(10, TimeUnit.SECONDS).getSuperclass())
                        .isSameAs(superclass.get(10, TimeUnit.SECONDS));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void reportsMissingImplementationClass() throws Exception {
        kafka.addClassWithToString("any.Other", "kafka");
        IsolatedClassLoader loader = loader();

        assertThatThrownBy(() -> loader.newComponent("io.flafka.sink.SinkComponent", Object.class))
                .isInstanceOf(FlumeException.class)
                .hasMessage("Cannot create io.flafka.sink.SinkComponent from " + home
                        + " (kafka: kafka-1.jar; drop-in: mine.jar): unzip the plugin again")
                .hasRootCauseMessage("io.flafka.sink.SinkComponent");
    }

    private static Class<?> initialized(String name, ClassLoader loader, CyclicBarrier together) throws Exception {
        together.await(10, TimeUnit.SECONDS);
        return Class.forName(name, true, loader);
    }

    private Object newInstanceOf(String className) throws Exception {
        return loader().loadClass(className).getConstructor().newInstance();
    }

    private IsolatedClassLoader loader() throws IOException {
        URL agents = flumeLib.writeTo(home.resolve("flume.jar")).toUri().toURL();
        kafka.writeTo(home.resolve("kafka/kafka-1.jar"));
        dropIn.writeTo(home.resolve("drop-in/mine.jar"));
        URLClassLoader host = new URLClassLoader(new URL[] {agents}, getClass().getClassLoader());
        IsolatedClassLoader loader =
                new IsolatedClassLoader(PluginFolder.ofPluginJar(home.resolve("lib/plugin.jar")), host);
        opened.add(loader);
        opened.add(host);
        return loader;
    }

    private static List<String> texts(ClassLoader loader, String path) throws IOException {
        List<String> texts = new ArrayList<>();
        for (URL found : Collections.list(loader.getResources(path))) {
            texts.add(text(found));
        }
        return texts;
    }

    private static String text(@Nullable URL found) throws IOException {
        return text(Objects.requireNonNull(found).openStream());
    }

    private static String text(@Nullable InputStream found) throws IOException {
        try (InputStream in = Objects.requireNonNull(found)) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }
}
