// SPDX-License-Identifier: Apache-2.0
package io.flafka.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.flafka.channel.ChannelSettings;
import io.flafka.sink.SinkSettings;
import io.flafka.source.SourceSettings;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks every example, including those that are added later. */
class ExamplesTest {
    /** The last part of our components' types, both under our names and under Flume's. */
    private static final Set<String> OURS = Set.of("KafkaSource", "KafkaSink", "KafkaChannel");

    @ParameterizedTest
    @MethodSource("examples")
    void hasReadmeAndAgentFile(ExampleFolder example) {
        assertThat(example.readme()).content().contains("agent.properties");
        assertThat(example.agentProperties()).isRegularFile();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void hasATest(ExampleFolder example) {
        assertThat(example.test()).content().contains("ExampleAgent.of(\"" + example.name() + "\")");
    }

    @ParameterizedTest
    @MethodSource("examples")
    void usesOurComponentsWithValidProperties(ExampleFolder example) {
        List<AgentFile.Component> ours = example.agentFile().components().stream()
                .filter(component -> OURS.contains(lastWord(component.type())))
                .toList();

        assertThat(ours)
                .isNotEmpty()
                .allSatisfy(
                        component -> assertThatCode(() -> configure(component)).doesNotThrowAnyException());
    }

    static List<ExampleFolder> examples() {
        List<ExampleFolder> all = ExampleFolder.all();
        assertThat(all).as("folders beside the pom").isNotEmpty();
        return all;
    }

    /** Reads the properties as the component does. */
    private static void configure(AgentFile.Component component) {
        switch (lastWord(component.type())) {
            case "KafkaSource" -> SourceSettings.from(component.name(), component.parameters());
            case "KafkaSink" -> SinkSettings.from(component.name(), component.parameters());
            default -> ChannelSettings.from(component.name(), component.parameters());
        }
    }

    private static String lastWord(String type) {
        return type.substring(type.lastIndexOf('.') + 1);
    }
}
