// SPDX-License-Identifier: Apache-2.0
package io.flafka.config;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigDef;

/** A prefix of property names. The component does not define the names after it: Kafka does, or the operator. */
public sealed interface PropertyPrefix {

    /** Returns the prefix, with its final dot. */
    String prefix();

    /** Returns the form of such a property, for docs/configuration.md. */
    String form();

    /** Returns the description, for docs/configuration.md. */
    String text();

    /** Returns the known names, without the prefix. */
    Set<String> knownNames();

    /**
     * Checks a property with this prefix.
     *
     * @param name the name without the prefix
     * @param suggestions finds the closest known name for an unknown one
     * @param problems receives the errors and warnings
     */
    void check(String name, String value, NameSuggestions suggestions, Problems problems);

    /**
     * A prefix after which the operator chooses the names.
     *
     * @param prefix the prefix, with its final dot
     * @param form the form of such a property
     * @param text the description
     */
    record Free(String prefix, String form, String text) implements PropertyPrefix {

        @Override
        public Set<String> knownNames() {
            return Set.of();
        }

        @Override
        public void check(String name, String value, NameSuggestions suggestions, Problems problems) {
            problems.suspectComment(prefix + name, value);
        }
    }

    /**
     * A prefix for properties of one or more of Kafka's clients.
     *
     * @param prefix the prefix, with its final dot
     * @param text the description
     * @param definitions Kafka's definitions of the clients
     * @param alsoKnown names that a client reads although its definition does not declare them
     */
    record OfKafka(String prefix, String text, List<ConfigDef> definitions, Set<String> alsoKnown)
            implements PropertyPrefix {

        /** Copies the collections. */
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
        public void check(String name, String value, NameSuggestions suggestions, Problems problems) {
            Optional<KafkaPropertyRule> rule = ruleFor(name);
            if (rule.isPresent() && !rule.get().allows(value)) {
                problems.invalid(prefix + name, value, rule.get().allowed());
                return;
            }
            problems.suspectComment(prefix + name, value);
            if (rule.isEmpty() && !alsoKnown.contains(name)) {
                problems.suspect(prefix + LogSafeText.value(name) + " is not known to Kafka and is passed on unchanged"
                        + suggestions
                                .closestTo(prefix + name)
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
