// SPDX-License-Identifier: Apache-2.0
package io.flafka.examples;

import io.flafka.channel.ChannelSettings;
import io.flafka.sink.SinkSettings;
import io.flafka.source.SourceSettings;
import io.flafka.testing.LogLines;
import java.util.List;
import java.util.Set;

/** Reads the Flafka components of an agent file as the components themselves do. Stateless. */
final class FlafkaComponents {
    private static final Set<String> TYPES =
            Set.of("io.flafka.KafkaSource", "io.flafka.KafkaSink", "io.flafka.KafkaChannel");

    private FlafkaComponents() {}

    /** Returns the Flafka components of an agent file. */
    static List<AgentFile.Component> of(AgentFile file) {
        return file.components().stream()
                .filter(component -> TYPES.contains(component.type()))
                .toList();
    }

    /** Configures the Flafka components, and returns their warnings and errors. */
    static List<String> warnings(AgentFile file) {
        return of(file).stream()
                .flatMap(component -> warnings(component).stream())
                .toList();
    }

    static SourceSettings source(AgentFile.Component component) {
        return SourceSettings.from(component.name(), component.parameters());
    }

    static SinkSettings sink(AgentFile.Component component) {
        return SinkSettings.from(component.name(), component.parameters());
    }

    static ChannelSettings channel(AgentFile.Component component) {
        return ChannelSettings.from(component.name(), component.parameters());
    }

    private static List<String> warnings(AgentFile.Component component) {
        Class<?> settings = switch (component.type()) {
            case "io.flafka.KafkaSource" -> SourceSettings.class;
            case "io.flafka.KafkaSink" -> SinkSettings.class;
            default -> ChannelSettings.class;
        };
        try (LogLines log = new LogLines(settings)) {
            if (settings == SourceSettings.class) {
                source(component);
            } else if (settings == SinkSettings.class) {
                sink(component);
            } else {
                channel(component);
            }
            return log.lines().stream().filter(line -> !line.startsWith("INFO")).toList();
        }
    }
}
