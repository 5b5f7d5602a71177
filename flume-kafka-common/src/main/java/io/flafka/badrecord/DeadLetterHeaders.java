// SPDX-License-Identifier: Apache-2.0
package io.flafka.badrecord;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.kafka.common.header.Headers;

/**
 * Adds headers to a dead letter that say where the record comes from and why it is bad. They follow the record's own headers. Their names are those
 * of Kafka Connect with this plugin's prefix; their values are UTF-8 text.
 *
 * @param component the component that found the bad record, such as {@code KafkaSource r1}
 */
record DeadLetterHeaders(String component) {

    private static final String PREFIX = "__flume.errors.";

    void addTo(Headers headers, BadRecord record) {
        RecordLocation location = record.location();
        location.topic().ifPresent(topic -> add(headers, "topic", topic));
        location.partition().ifPresent(partition -> add(headers, "partition", Integer.toString(partition)));
        location.offset().ifPresent(offset -> add(headers, "offset", Long.toString(offset)));
        location.timestamp().ifPresent(timestamp -> add(headers, "timestamp", Long.toString(timestamp)));
        add(headers, "component", component);
        add(headers, "reason", record.toString());
        add(headers, "exception.class.name", record.reason().getClass().getName());
        add(headers, "exception.message", String.valueOf(record.reason().getMessage()));
    }

    private static void add(Headers headers, String name, String text) {
        headers.add(PREFIX + name, text.getBytes(UTF_8));
    }
}
