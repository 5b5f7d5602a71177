// SPDX-License-Identifier: Apache-2.0
package io.flafka.dist;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.check.agent.Agent;
import io.flafka.check.agent.AgentFile;
import io.flafka.check.agent.Component;
import io.flafka.testing.CompiledJar;
import io.flafka.testing.FlumeHome;
import io.flafka.testing.TestProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@code bin/check} calls an error is what Flume makes of the file: with an error, Flume leaves a component out; without one it makes them all. Flume
 * makes them with the plugin in {@code plugins.d}, but does not start them.
 */
@Timeout(120)
class CheckAgainstFlumeIT {

    /** These show only when the components run: a class that Kafka's client cannot load, and events that circle. */
    private static final Set<String> SHOW_LATER =
            Set.of("class-missing", "source-reads-its-channel", "sink-writes-its-channel");

    private static final String MAIN = "com.example.MakeComponents";
    private static final String MADE = "made ";
    private static final String SOURCE = """
            package com.example;
            public class MakeComponents {
                public static void main(String[] files) {
                    for (String file : files) {
                        java.util.Set<String> names = new java.util.TreeSet<>();
                        try {
                            org.apache.flume.node.MaterializedConfiguration made =
                                    new org.apache.flume.node.PropertiesFileConfigurationProvider("a1", new java.io.File(file))
                                            .getConfiguration();
                            names.addAll(made.getSourceRunners().keySet());
                            names.addAll(made.getChannels().keySet());
                            names.addAll(made.getSinkRunners().keySet());
                        } catch (RuntimeException unreadable) {
                            // Flume makes nothing of it.
                        }
                        System.out.append("made " + file + " " + String.join(" ", names) + System.lineSeparator());
                    }
                    System.exit(0);
                }
            }
            """;

    private static final Path WRONG_FILES = Path.of(System.getProperty("dist.directory"))
            .resolve("../../flume-kafka-check/src/test/resources/wrong")
            .normalize();

    @TempDir
    private Path directory;

    @Test
    void anErrorMeansThatFlumeLeavesAComponentOut() throws Exception {
        List<Path> files = files();
        Map<String, Set<String>> made = makeComponents(files);

        List<String> differences = new ArrayList<>();
        for (Path file : files) {
            boolean hasErrors = Files.readString(sibling(file)).contains(": error: ");
            boolean isComplete = made.getOrDefault(file.toString(), Set.of()).containsAll(listed(file));
            if (hasErrors == isComplete && !SHOW_LATER.contains(name(file))) {
                differences.add(
                        name(file) + " has errors: " + hasErrors + ", but Flume makes " + made.get(file.toString()));
            }
        }

        assertThat(differences).isEmpty();
        assertThat(made).hasSizeGreaterThan(40);
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(WRONG_FILES)) {
            return files.filter(file -> file.toString().endsWith(".properties"))
                    .sorted()
                    .toList();
        }
    }

    private static Path sibling(Path file) {
        return file.resolveSibling(name(file) + ".txt");
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName()).replace(".properties", "");
    }

    private static Set<String> listed(Path file) throws IOException {
        return Agent.in(AgentFile.of(Files.readString(file))).stream()
                .flatMap(agent -> agent.components().stream())
                .map(Component::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Returns the names of the components that Flume makes of each file. */
    private Map<String, Set<String>> makeComponents(List<Path> files) throws IOException {
        FlumeHome home = Distribution.installedIn(FlumeHome.withoutStockKafka(directory));
        Path main = new CompiledJar()
                .addClassPath(home.lib())
                .addSource(MAIN, SOURCE)
                .writeTo(directory.resolve("main.jar"));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Djava.io.tmpdir=" + Files.createDirectories(directory.resolve("tmp")),
                "-cp",
                home.lib() + "/*:" + home.plugins().resolve("flume-kafka/lib") + "/*:" + main,
                MAIN));
        files.forEach(file -> command.add(file.toString()));
        try (TestProcess process = TestProcess.start("make", command, Map.of(), directory.resolve("make.log"))) {
            assertThat(process.awaitExit(Duration.ofMinutes(1))).isZero();
            return process.log()
                    .lines()
                    .filter(line -> line.startsWith(MADE))
                    .map(line -> line.substring(MADE.length()).split(" ", -1))
                    .collect(Collectors.toMap(words -> words[0], words -> Set.of(words)));
        }
    }
}
