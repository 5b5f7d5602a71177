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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * A component of this plugin. There are three.
 *
 * @param kind its kind
 * @param type the plugin's own type name
 * @param flumeType the type name of Flume's own component, which this plugin has too
 * @param properties its declared properties
 * @param settings reads a component's parameters as at a start, and returns what is wrong with them
 */
public record KafkaComponent(
        ComponentKind kind,
        String type,
        String flumeType,
        PropertySet properties,
        BiFunction<String, Map<String, String>, Problems> settings) {

    static final KafkaComponent SOURCE = new KafkaComponent(
            ComponentKind.SOURCE,
            "io.flafka.KafkaSource",
            "org.apache.flume.source.kafka.KafkaSource",
            SourceProperties.SET,
            SourceSettings::problems);
    static final KafkaComponent CHANNEL = new KafkaComponent(
            ComponentKind.CHANNEL,
            "io.flafka.KafkaChannel",
            "org.apache.flume.channel.kafka.KafkaChannel",
            ChannelProperties.SET,
            ChannelSettings::problems);
    static final KafkaComponent SINK = new KafkaComponent(
            ComponentKind.SINK,
            "io.flafka.KafkaSink",
            "org.apache.flume.sink.kafka.KafkaSink",
            SinkProperties.SET,
            SinkSettings::problems);

    private static final List<KafkaComponent> ALL = List.of(SOURCE, CHANNEL, SINK);

    /** Returns which of the plugin's components it is, if it is one. */
    public static Optional<KafkaComponent> of(Component component) {
        return ALL.stream()
                .filter(ours -> ours.kind == component.kind() && ours.types().contains(component.type()))
                .findFirst();
    }

    /** Returns the component of a kind. */
    static KafkaComponent ofKind(ComponentKind kind) {
        return ALL.stream().filter(ours -> ours.kind == kind).findFirst().orElseThrow();
    }

    /** Returns all type names of all components. */
    static List<String> allTypes() {
        return ALL.stream().flatMap(ours -> ours.types().stream()).toList();
    }

    private List<String> types() {
        return List.of(type, flumeType);
    }

    /** Returns whether the component is this one. */
    boolean is(Component component) {
        return of(component).filter(this::equals).isPresent();
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
        return settings.apply(component.name(), component.parameters());
    }
}
