// SPDX-License-Identifier: Apache-2.0
package io.flafka.dist;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.flafka.testing.FlumeHome;
import io.flafka.testing.RuntimeClassPath;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Everything that the plugin calls exists in the oldest Flume and the oldest client that it supports. {@link
 * CompatibilityIT} runs them, but covers only the calls that its agents make.
 */
@Tag("full")
class OldestVersionsIT {
    // Not called if they are missing; see ConsumerCompatibility.
    private static final List<String> GUARDED = List.of(
            "org.apache.kafka.clients.consumer.ConsumerRecords.nextOffsets()",
            "org.apache.kafka.clients.consumer.ConsumerRecords.<init>(java.util.Map, java.util.Map)");

    @TempDir
    private Path directory;

    @Test
    void everyCallResolvesInFlume190AndKafkaClients392() throws IOException {
        JavaClasses ours = new ClassFileImporter().importUrls(ownClasses());
        List<AccessTarget> called = ours.stream()
                .flatMap(type -> type.getAccessesFromSelf().stream())
                .<AccessTarget>map(JavaAccess::getTarget)
                .filter(target -> !ours.contain(target.getOwner().getName()))
                .filter(target ->
                        target.getOwner().getName().matches("org\\.(apache\\.(flume|kafka|zookeeper)|slf4j)\\..*"))
                .toList();

        try (URLClassLoader loader = new URLClassLoader(hostJars(), ClassLoader.getPlatformClassLoader())) {
            HostClasses hosts = new HostClasses(loader);
            assertThat(called.size()).isGreaterThan(300);
            assertThat(called.stream()
                            .filter(target -> !hosts.have(target))
                            .map(AccessTarget::getFullName)
                            .distinct())
                    .containsExactlyInAnyOrderElementsOf(GUARDED);
        }
    }

    /** Returns the plugin's own jars. */
    private List<URL> ownClasses() throws IOException {
        Path plugin =
                Distribution.installedIn(FlumeHome.withoutStockKafka(directory)).plugins();
        try (Stream<Path> files = Files.walk(plugin)) {
            return files.filter(file -> fileName(file).matches("flume-kafka-.*\\.jar"))
                    .map(jar -> url("jar:" + jar.toUri() + "!/"))
                    .toList();
        }
    }

    private static URL[] hostJars() {
        Stream<Path> flume = RuntimeClassPath.named("flume-1.9.0").entries().stream()
                .filter(jar -> !fileName(jar).startsWith("kafka-clients-"));
        Stream<Path> client = RuntimeClassPath.named("kafka-3.9.2").entries().stream()
                .filter(jar -> fileName(jar).startsWith("kafka-clients-"));
        return Stream.concat(flume, client)
                .map(jar -> url(jar.toUri().toString()))
                .toArray(URL[]::new);
    }

    private static String fileName(Path path) {
        return String.valueOf(path.getFileName());
    }

    private static URL url(String address) {
        try {
            return new URL(address);
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }
}
