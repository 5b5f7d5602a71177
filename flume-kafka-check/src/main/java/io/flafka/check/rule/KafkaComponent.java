// SPDX-License-Identifier: Apache-2.0
package io.flafka.check.rule;

import io.flafka.channel.ChannelProperties;
import io.flafka.channel.ChannelSettings;
import io.flafka.check.agent.Component;
import io.flafka.check.agent.ComponentKind;
import io.flafka.config.FormerName;
import io.flafka.config.Problems;
import io.flafka.config.Property;
import io.flafka.config.PropertySet;
import io.flafka.sink.SinkProperties;
import io.flafka.sink.SinkSettings;
import io.flafka.source.SourceProperties;
import io.flafka.source.SourceSettings;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** The components of this plugin, under the two type names of each. */
public enum KafkaComponent {
    SOURCE(
            ComponentKind.SOURCE,
            "io.flafka.KafkaSource",
            "org.apache.flume.source.kafka.KafkaSource",
            SourceProperties.SET,
            SourceSettings::problems),
    CHANNEL(
            ComponentKind.CHANNEL,
            "io.flafka.KafkaChannel",
            "org.apache.flume.channel.kafka.KafkaChannel",
            ChannelProperties.SET,
            ChannelSettings::problems),
    SINK(
            ComponentKind.SINK,
            "io.flafka.KafkaSink",
            "org.apache.flume.sink.kafka.KafkaSink",
            SinkProperties.SET,
            SinkSettings::problems);

    private final ComponentKind kind;
    private final String type;
    private final String flumeType;
    private final PropertySet properties;
    private final BiFunction<String, Map<String, String>, Problems> problems;

    KafkaComponent(
            ComponentKind kind,
            String type,
            String flumeType,
            PropertySet properties,
            BiFunction<String, Map<String, String>, Problems> problems) {
        this.kind = kind;
        this.type = type;
        this.flumeType = flumeType;
        this.properties = properties;
        this.problems = problems;
    }

    /** Returns which of the plugin's components it is, if it is one. */
    public static Optional<KafkaComponent> of(Component component) {
        return Arrays.stream(values())
                .filter(ours -> ours.kind == component.kind() && ours.types().contains(component.type()))
                .findFirst();
    }

    /** Returns whether the component is this one. */
    boolean is(Component component) {
        return of(component).filter(this::equals).isPresent();
    }

    /** Returns the component of a kind. */
    static KafkaComponent ofKind(ComponentKind kind) {
        return Arrays.stream(values()).filter(ours -> ours.kind == kind).findFirst().orElseThrow();
    }

    /** Returns the plugin's own type name. */
    public String type() {
        return type;
    }

    /** Returns the type name of Flume's own component, which this plugin has too. */
    public String flumeType() {
        return flumeType;
    }

    private List<String> types() {
        return List.of(type, flumeType);
    }

    /** Returns all type names of all components. */
    static List<String> allTypes() {
        return Arrays.stream(values())
                .flatMap(ours -> Stream.of(ours.type, ours.flumeType))
                .toList();
    }

    /** Returns the declared properties of the component. */
    public PropertySet properties() {
        return properties;
    }

    /** Returns the value of a property that the component has under its current or a former name, or else the default. */
    Optional<String> value(Component component, String name) {
        Property<?> declared = properties.properties().stream()
                .filter(property -> property.name().equals(name))
                .findFirst()
                .orElseThrow();
        return Stream.concat(Stream.of(name), declared.formerNames().stream().map(FormerName::name))
                .flatMap(each -> component.value(each).stream())
                .findFirst()
                .or(declared::defaultText);
    }

    /** Returns what the component itself would report about its properties when an agent starts. */
    Problems problems(Component component) {
        return problems.apply(component.name(), component.parameters());
    }
}
