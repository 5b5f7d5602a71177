// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture.pipeline;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Builds an agent file with one source, one channel and any number of sinks. For one thread. */
final class AgentFile {
    private static final String CHANNEL = "c1";

    private final String agent;
    private final Map<String, String> lines = new TreeMap<>();

    AgentFile(String agent) {
        this.agent = agent;
    }

    /** Adds the source. */
    AgentFile source(Map<String, String> properties) {
        lines.put(agent + ".sources", "r1");
        lines.put(agent + ".sources.r1.channels", CHANNEL);
        return component("sources.r1", properties);
    }

    /** Adds the channel. */
    AgentFile channel(Map<String, String> properties) {
        lines.put(agent + ".channels", CHANNEL);
        return component("channels." + CHANNEL, properties);
    }

    /** Adds a sink. */
    AgentFile sink(String name, Map<String, String> properties) {
        lines.merge(agent + ".sinks", name, (first, second) -> first + " " + second);
        lines.put(agent + ".sinks." + name + ".channel", CHANNEL);
        return component("sinks." + name, properties);
    }

    /** Adds what is not a source, channel or sink. */
    AgentFile lines(Map<String, String> properties) {
        properties.forEach((name, value) -> lines.put(agent + "." + name, value));
        return this;
    }

    private AgentFile component(String place, Map<String, String> properties) {
        properties.forEach((name, value) -> lines.put(agent + "." + place + "." + name, value));
        return this;
    }

    /** Returns the file's text. */
    String text() {
        return lines.entrySet().stream()
                .map(line -> line.getKey() + " = " + line.getValue() + "\n")
                .collect(Collectors.joining());
    }
}
