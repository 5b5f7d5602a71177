// SPDX-License-Identifier: Apache-2.0
package io.flafka.dist;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A way in which a Kafka client gets no access, and what the log must say about it.
 *
 * @param title the failure, as the documentation names it
 * @param component the kind and the name of the component that has it, such as {@code KafkaSource expired}
 * @param brokers the component's brokers
 * @param properties further properties of the component, by their names in the agent file
 * @param words what the component's line must say; {@code …} stands for any text
 * @param recovery when it works again after the cause is mended
 */
record AccessFailure(
        String title,
        String component,
        String brokers,
        Map<String, String> properties,
        String words,
        Recovery recovery) {

    /** The part of {@link #words} that can be anything. */
    static final String ANYTHING = "…";

    /** How the line of a failure ends that a person must mend. */
    static final String FATAL = "; operator action required; retrying";

    /** When a component works again after the cause is mended. */
    enum Recovery {
        LOGIN("by itself, within 15 s"),
        CREATION("by itself, within a minute"),
        ACL("by itself, within seconds"),
        ANSWER("by itself, at once"),
        FILE("with the corrected agent file"),
        RESTART("after a restart of the agent");

        private final String words;

        Recovery(String words) {
            this.words = words;
        }

        /** Returns the words of the documentation. */
        String words() {
            return words;
        }
    }

    /** Returns the failure of a source with these properties and the necessary ones. */
    static AccessFailure ofSource(
            String title,
            String name,
            String brokers,
            Map<String, String> properties,
            String words,
            Recovery recovery) {
        Map<String, String> all = new HashMap<>(Map.of("kafka.topics", "t", "batchSize", "100", "channels", "memory"));
        all.put("type", "io.flafka.KafkaSource");
        all.putAll(properties);
        return new AccessFailure(title, "KafkaSource " + name, brokers, all, words, recovery);
    }

    /** Returns the component's name in the agent file. */
    String name() {
        return component.substring(component.indexOf(' ') + 1);
    }

    /** Returns the pattern of the component's line. */
    String pattern() {
        return Pattern.quote(component + ": ") + ".*"
                + Arrays.stream(words.split(ANYTHING, -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
    }

    /** Returns the component's properties in the agent file. */
    String inAgentFile() {
        Map<String, String> all = new TreeMap<>(properties);
        all.put("kafka.bootstrap.servers", brokers);
        String kind = component.startsWith("KafkaSource ") ? "sources" : "sinks";
        return all.entrySet().stream()
                .map(each -> "a.%s.%s.%s = %s%n".formatted(kind, name(), each.getKey(), each.getValue()))
                .collect(Collectors.joining());
    }
}
