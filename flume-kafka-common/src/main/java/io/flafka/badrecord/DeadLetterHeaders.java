// SPDX-License-Identifier: Apache-2.0
package io.flafka.badrecord;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.kafka.common.header.Headers;

/**
 * Headers of a dead letter that say where it comes from and why it did not pass, behind those that it had: Kafka Connect's names below a prefix of
 * ours. All are text in UTF-8.
 *
 * @param component what stopped at it, such as {@code KafkaSource r1}
 */
record DeadLetterHeaders(String component) {

    private static final String PREFIX = "__flume.errors.";

    void addTo(Headers headers, BadRecord record) {
        RecordLocation place = record.place();
        place.topic().ifPresent(topic -> add(headers, "topic", topic));
        place.partition().ifPresent(partition -> add(headers, "partition", Integer.toString(partition)));
        place.offset().ifPresent(offset -> add(headers, "offset", Long.toString(offset)));
        place.timestamp().ifPresent(timestamp -> add(headers, "timestamp", Long.toString(timestamp)));
        add(headers, "component", component);
        add(headers, "reason", record.toString());
        add(headers, "exception.class.name", record.reason().getClass().getName());
        add(headers, "exception.message", String.valueOf(record.reason().getMessage()));
    }

    private static void add(Headers headers, String name, String text) {
        headers.add(PREFIX + name, text.getBytes(UTF_8));
    }
}
