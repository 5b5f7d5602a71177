// SPDX-License-Identifier: Apache-2.0
package io.flafka.config;

import java.util.Locale;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/**
 * Checks a value of one of Kafka's own properties with Kafka's {@link ConfigDef}. Does not load a class that the value names.
 *
 * @param key Kafka's declaration of the property
 */
record KafkaPropertyRule(ConfigDef.ConfigKey key) {

    /** Finds the rule for a property that the definition declares. */
    static KafkaPropertyRule of(ConfigDef definition, String kafkaName) {
        ConfigDef.ConfigKey key = definition.configKeys().get(kafkaName);
        if (key == null) {
            throw new IllegalArgumentException("Kafka has no property " + kafkaName);
        }
        return new KafkaPropertyRule(key);
    }

    /** Returns whether Kafka accepts this text. */
    boolean allows(String text) {
        if (key.type == ConfigDef.Type.CLASS || text.contains("${")) {
            // Parsing would load and initialise the class, here and with the wrong class loader. Only the client knows
            // what a Kafka configuration provider puts in place of ${...}.
            return true;
        }
        try {
            Object value = ConfigDef.parseType(key.name, text, key.type);
            if (key.validator != null) {
                key.validator.ensureValid(key.name, value);
            }
            return true;
        } catch (ConfigException rejected) {
            // Its message contains the value, which may be a secret. allowed() says what is accepted.
            return false;
        }
    }

    /** Describes the accepted values. The text completes the sentence "must be …". */
    String allowed() {
        String rule = key.validator == null ? "" : inPlainWords(key.validator.toString());
        String noun = switch (key.type) {
            case BOOLEAN -> "true or false";
            case SHORT, INT, LONG -> "an integer";
            case DOUBLE -> "a number";
            case LIST -> "items separated by commas";
            case CLASS -> "the name of a class";
            case STRING, PASSWORD -> rule.startsWith("one of") ? "" : "a string";
        };
        return (noun + " " + rule).strip();
    }

    /** Rewords Kafka's own text, in which a set of values is {@code [a, b]} and a range is {@code [0,...,9]}. */
    private static String inPlainWords(String rule) {
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
