// SPDX-License-Identifier: Apache-2.0
package io.flafka.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The folder of one scenario.
 *
 * @param name the folder's name
 */
record ExampleFolder(String name) {
    private static final Path EXAMPLES = Path.of(System.getProperty("examples.directory", ""));
    // The build's own folders, the quickstart, which checks itself, the torture run, which has no agent file, and the
    // folders of the cloud and the secured examples.
    private static final Set<String> OTHER_FOLDERS =
            Set.of("src", "target", "quickstart", "torture", "cloud", "secured");

    static List<ExampleFolder> all() {
        try (Stream<Path> children = Files.list(EXAMPLES)) {
            return children.filter(Files::isDirectory)
                    .map(child -> child.getFileName().toString())
                    .filter(name -> !OTHER_FOLDERS.contains(name) && !name.startsWith("."))
                    .sorted()
                    .map(ExampleFolder::new)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path readme() {
        return EXAMPLES.resolve(name).resolve("README.md");
    }

    Path agentProperties() {
        return EXAMPLES.resolve(name).resolve("agent.properties");
    }

    /** Returns the agent file as committed. */
    AgentFile agentFile() {
        try {
            return new AgentFile(Files.readString(agentProperties()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the path of the test that runs the example: {@code kafka-to-hdfs} has {@code KafkaToHdfsIT}. */
    Path test() {
        String camelCase = Arrays.stream(name.split("-", -1))
                .map(word -> word.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining());
        return EXAMPLES.resolve("src/test/java/io/flafka/examples").resolve(camelCase + "IT.java");
    }

    @Override
    public String toString() {
        return name;
    }
}
