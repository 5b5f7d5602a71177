// SPDX-License-Identifier: Apache-2.0
package io.flafka.badrecord;

import io.flafka.client.ClientProperties;
import io.flafka.config.Property;
import io.flafka.config.ValueType;
import java.util.List;
import java.util.stream.Stream;

/** The properties for bad records, for the property sets of all components. Their names are those of Kafka Connect. */
public final class ErrorProperties {

    static final Property<Boolean> TOLERANCE_ALL = Property.of(
                    "errors.tolerance",
                    new ValueType<>("none or all", ErrorProperties::isAll),
                    "What to do with a record that can never be delivered as it is: stop there and lose nothing (`none`), or skip it and"
                            + " continue (`all`).")
            .defaultsTo("none");

    static final Property<String> DEAD_LETTER_TOPIC = Property.of(
            "errors.deadletterqueue.topic.name",
            ValueType.topic(),
            "The topic to which skipped records are written, with their bytes unchanged. Without it they are dropped."
                    + " Has no effect with `errors.tolerance=none`.");

    static final Property<Short> REPLICATION_FACTOR = Property.of(
                    "errors.deadletterqueue.topic.replication.factor",
                    new ValueType<>(
                            "a number of replicas from 1 to " + Short.MAX_VALUE + ", or -1 for the brokers' default",
                            ErrorProperties::replicationFactor),
                    "The replication factor of the dead letter topic, if the topic is missing and must be created.")
            .defaultsTo("3");

    static final Property<Boolean> CONTEXT_HEADERS = Property.of(
                    "errors.deadletterqueue.context.headers.enable",
                    ValueType.bool(),
                    "Whether to add headers to each dead letter that say where the record comes from and why it is bad.")
            .defaultsTo("true");

    static final Property<Boolean> LOG = Property.of(
                    "errors.log.enable", ValueType.bool(), "Whether to log each skipped record.")
            .defaultsTo("false");

    static final Property<Boolean> LOG_CONTENT = Property.of(
                    "errors.log.include.messages",
                    ValueType.bool(),
                    "Whether that log line shows the record's key and value. Takes effect only if the agent was started with"
                            + " `-Dorg.apache.flume.log.rawdata=true`.")
            .defaultsTo("false");

    private static final List<Property<?>> ALL = List.of(
            TOLERANCE_ALL,
            DEAD_LETTER_TOPIC,
            ClientProperties.DEAD_LETTER_BROKERS,
            REPLICATION_FACTOR,
            CONTEXT_HEADERS,
            LOG,
            LOG_CONTENT);

    private ErrorProperties() {}

    /** Returns a component's own properties, followed by all of these. */
    public static List<Property<?>> appendedTo(List<Property<?>> own) {
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
