// SPDX-License-Identifier: Apache-2.0
package io.flafka.config;

import java.util.Locale;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/**
 * What Kafka allows for one of its own properties, asked of its {@link ConfigDef} without loading any class that the value names.
 *
 * @param key Kafka's declaration
 */
record KafkaPropertyRule(ConfigDef.ConfigKey key) {

    /** The rule for a property that the definition has. */
    static KafkaPropertyRule of(ConfigDef definition, String kafkaName) {
        ConfigDef.ConfigKey key = definition.configKeys().get(kafkaName);
        if (key == null) {
            throw new IllegalArgumentException("Kafka has no property " + kafkaName);
        }
        return new KafkaPropertyRule(key);
    }

    /** Whether Kafka would take this text. */
    boolean allows(String text) {
        if (key.type == ConfigDef.Type.CLASS || text.contains("${")) {
            // Parsing would load and initialise the class, here and with the wrong loader; and what one of Kafka's
            // configuration providers puts in place of ${...} is known to the client only.
            return true;
        }
        try {
            Object value = ConfigDef.parseType(key.name, text, key.type);
            if (key.validator != null) {
                key.validator.ensureValid(key.name, value);
            }
            return true;
        } catch (ConfigException refused) {
            // Its message has the value in it, which may be a secret; allowed() says what is needed.
            return false;
        }
    }

    /** What may be written, as it ends the sentence "must be …". */
    String allowed() {
        String rule = key.validator == null ? "" : readable(key.validator.toString());
        String noun = switch (key.type) {
            case BOOLEAN -> "true or false";
            case SHORT, INT, LONG -> "an integer";
            case DOUBLE -> "a number";
            case LIST -> "items separated by commas";
            case CLASS -> "the name of a class";
            case STRING, PASSWORD -> rule.startsWith("one of") ? "" : "a text";
        };
        return (noun + " " + rule).strip();
    }

    /** Kafka writes a set of values as {@code [a, b]} and a range as {@code [0,...,9]}. */
    private static String readable(String rule) {
        if (!rule.contains("[")) {
            return rule.toLowerCase(Locale.ROOT).contains("empty") ? "that is not empty" : rule;
        }
        String inside = rule.substring(rule.indexOf('[') + 1, rule.lastIndexOf(']'));
        String rest = rule.substring(rule.lastIndexOf(']') + 1);
        if (inside.endsWith(",...")) {
            return "from " + inside.substring(0, inside.indexOf(','));
        }
        if (inside.contains(",...,")) {
            return "from " + inside.replace(",...,", " to ") + rest;
        }
        return "one of " + inside + rest;
    }
}
