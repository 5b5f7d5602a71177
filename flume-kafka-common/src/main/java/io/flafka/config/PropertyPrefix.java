// SPDX-License-Identifier: Apache-2.0
package io.flafka.config;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigDef;

/** A beginning of names below which others decide what the names are. */
public sealed interface PropertyPrefix {

    /** The beginning, with its full stop. */
    String prefix();

    /** How a property is written, for the reference. */
    String form();

    /** What it is for. */
    String text();

    /** Names that are known below the prefix, without it. */
    Set<String> knownNames();

    /**
     * Adds what is wrong with a property to the problems.
     *
     * @param name without the prefix
     * @param nearest what is meant, if the name is not known
     */
    void check(String name, String value, NameSuggestion nearest, Problems problems);

    /**
     * Any name.
     *
     * @param prefix the beginning
     * @param form how it is written
     * @param text what it is for
     */
    record Free(String prefix, String form, String text) implements PropertyPrefix {

        @Override
        public Set<String> knownNames() {
            return Set.of();
        }

        @Override
        public void check(String name, String value, NameSuggestion nearest, Problems problems) {
            // Whoever writes the file chooses the names.
            problems.suspectComment(prefix + name, value);
        }
    }

    /**
     * The names of one or more of Kafka's clients.
     *
     * @param prefix the beginning
     * @param text what it is for
     * @param definitions of these clients
     * @param alsoKnown names that a client reads though its definition does not have them
     */
    record OfKafka(String prefix, String text, List<ConfigDef> definitions, Set<String> alsoKnown)
            implements PropertyPrefix {

        /** Keeps copies. */
        public OfKafka {
            definitions = List.copyOf(definitions);
            alsoKnown = Set.copyOf(alsoKnown);
        }

        @Override
        public String form() {
            return prefix + "*";
        }

        @Override
        public Set<String> knownNames() {
            Set<String> names = new LinkedHashSet<>();
            definitions.forEach(definition -> names.addAll(definition.names()));
            names.addAll(alsoKnown);
            return names;
        }

        @Override
        public void check(String name, String value, NameSuggestion nearest, Problems problems) {
            Optional<KafkaPropertyRule> rule = ruleFor(name);
            if (rule.isPresent() && !rule.get().allows(value)) {
                problems.invalid(prefix + name, value, rule.get().allowed());
                return;
            }
            problems.suspectComment(prefix + name, value);
            if (rule.isEmpty() && !alsoKnown.contains(name)) {
                problems.suspect(prefix + LogSafeText.value(name) + " is not known to Kafka and is passed on as it is"
                        + nearest.to(prefix + name)
                                .map(known -> "; did you mean " + known + "?")
                                .orElse(""));
            }
        }

        private Optional<KafkaPropertyRule> ruleFor(String name) {
            return definitions.stream()
                    .map(definition -> definition.configKeys().get(name))
                    .flatMap(Stream::ofNullable)
                    .map(KafkaPropertyRule::new)
                    .findFirst();
        }
    }
}
