// SPDX-License-Identifier: Apache-2.0
package io.flafka.badrecord;

import io.flafka.config.Property;
import io.flafka.config.ValueType;
import java.util.List;
import java.util.stream.Stream;

/** The properties for records that can never pass, for the property sets of the components: Kafka Connect's names. */
public final class ErrorProperties {

    static final Property<Boolean> TOLERANCE_ALL = Property.of(
                    "errors.tolerance",
                    new ValueType<>("none or all", ErrorProperties::isAll),
                    "What to do at a record that can never pass: stop there and lose nothing (`none`), or pass over it and go on (`all`).")
            .defaultsTo("none");

    static final Property<String> DEAD_LETTER_TOPIC = Property.of(
            "errors.deadletterqueue.topic.name",
            ValueType.topic(),
            "Where records that were passed over are written, with their bytes as they are; without it they are dropped."
                    + " Has no effect with `errors.tolerance=none`.");

    static final Property<Short> REPLICATION_FACTOR = Property.of(
                    "errors.deadletterqueue.topic.replication.factor",
                    new ValueType<>(
                            "a number of replicas from 1 to " + Short.MAX_VALUE
                                    + ", or -1 for what the brokers have as default",
                            ErrorProperties::replicationFactor),
                    "How many replicas that topic gets if it is missing and has to be made.")
            .defaultsTo("3");

    static final Property<Boolean> CONTEXT_HEADERS = Property.of(
                    "errors.deadletterqueue.context.headers.enable",
                    ValueType.bool(),
                    "Whether a record in that topic has headers that say where it comes from and why it did not pass.")
            .defaultsTo("true");

    static final Property<Boolean> LOG = Property.of(
                    "errors.log.enable", ValueType.bool(), "Whether each record that was passed over is logged.")
            .defaultsTo("false");

    static final Property<Boolean> LOG_CONTENT = Property.of(
                    "errors.log.include.messages",
                    ValueType.bool(),
                    "Whether that line shows the record's key and value. Works only in an agent that was started with"
                            + " `-Dorg.apache.flume.log.rawdata=true`.")
            .defaultsTo("false");

    private static final List<Property<?>> ALL =
            List.of(TOLERANCE_ALL, DEAD_LETTER_TOPIC, REPLICATION_FACTOR, CONTEXT_HEADERS, LOG, LOG_CONTENT);

    private ErrorProperties() {}

    /** A component's own properties, and behind them all of these. */
    public static List<Property<?>> behind(List<Property<?>> own) {
        return Stream.concat(own.stream(), ALL.stream()).toList();
    }

    private static boolean isAll(String text) {
        return switch (text) {
            case "all" -> true;
            case "none" -> false;
            default -> throw new IllegalArgumentException("not allowed");
        };
    }

    private static short replicationFactor(String text) {
        short replicas = Short.parseShort(text);
        if (replicas < 1 && replicas != -1) {
            throw new IllegalArgumentException("not allowed");
        }
        return replicas;
    }
}
