// SPDX-License-Identifier: Apache-2.0
package io.flafka.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.flafka.channel.ChannelSettings;
import io.flafka.sink.SinkSettings;
import io.flafka.source.SourceSettings;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every example must have, also one that is added later. */
class ExamplesTest {
    /** How our components read their part of an agent file, by the last word of the type: both sets of names are ours. */
    private static final Map<String, BiConsumer<String, Map<String, String>>> SETTINGS = Map.of(
            "KafkaSource", SourceSettings::from,
            "KafkaSink", SinkSettings::from,
            "KafkaChannel", ChannelSettings::from);

    @ParameterizedTest
    @MethodSource("examples")
    void isExplained(ExampleFolder example) {
        assertThat(example.readme()).content().contains("agent.properties");
        assertThat(example.agentProperties()).isRegularFile();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void isRunByATest(ExampleFolder example) {
        assertThat(example.test()).content().contains("ExampleAgent.of(\"" + example.name() + "\")");
    }

    @ParameterizedTest
    @MethodSource("examples")
    void hasComponentsOfOursAndEachAcceptsItsProperties(ExampleFolder example) {
        List<AgentFile.Component> ours = example.agentFile().components().stream()
                .filter(component -> SETTINGS.containsKey(lastWord(component.type())))
                .toList();

        assertThat(ours)
                .isNotEmpty()
                .allSatisfy(component -> assertThatCode(() -> SETTINGS.get(lastWord(component.type()))
                                .accept(component.name(), component.parameters()))
                        .doesNotThrowAnyException());
    }

    static List<ExampleFolder> examples() {
        List<ExampleFolder> all = ExampleFolder.all();
        assertThat(all).as("folders beside the pom").isNotEmpty();
        assertThat(all)
                .allSatisfy(example -> assertThat(
                                Files.isDirectory(example.agentProperties().getParent()))
                        .isTrue());
        return all;
    }

    private static String lastWord(String type) {
        return type.substring(type.lastIndexOf('.') + 1);
    }
}
