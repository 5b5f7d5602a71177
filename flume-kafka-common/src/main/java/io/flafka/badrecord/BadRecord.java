// SPDX-License-Identifier: Apache-2.0
package io.flafka.badrecord;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flafka.config.LogSafeText;
import io.flafka.produce.batch.PublishException;
import java.nio.charset.Charset;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * A record that can never be delivered as it is, with its unchanged bytes and the reason. Its text gives the location and the reason, never the
 * content.
 *
 * <p>Thread-safe if nobody changes the record that it was created from.
 */
public final class BadRecord {

    /** What is bad about a record. */
    enum Kind {
        UNREADABLE("UnreadableRecordCount", "records that cannot become an event"),
        UNWRITABLE("UnwritableEventCount", "events that cannot become a record"),
        REFUSED("RefusedRecordCount", "records that Kafka never accepts");

        private final String attribute;
        private final String meaning;

        Kind(String attribute, String meaning) {
            this.attribute = attribute;
            this.meaning = meaning;
        }

        /** Returns the attribute that counts them. */
        String attribute() {
            return attribute;
        }

        String meaning() {
            return meaning;
        }
    }

    private final Kind kind;
    private final RecordLocation location;
    private final byte @Nullable [] key;
    private final byte @Nullable [] value;
    private final Headers headers;
    private final Exception reason;
    private final String message;

    private BadRecord(
            Kind kind,
            RecordLocation location,
            byte @Nullable [] key,
            byte @Nullable [] value,
            Headers headers,
            Exception reason,
            String message) {
        this.kind = kind;
        this.location = location;
        this.message = message;
        this.key = key;
        this.value = value;
        this.headers = headers;
        this.reason = reason;
    }

    /** Returns a record from Kafka that cannot become an event. */
    public static BadRecord unreadable(ConsumerRecord<byte[], byte[]> record, Exception reason) {
        return new BadRecord(
                Kind.UNREADABLE,
                RecordLocation.of(record),
                record.key(),
                record.value(),
                record.headers(),
                reason,
                message(reason));
    }

    /** Returns a record, created from an event, that Kafka never accepts. */
    static BadRecord refused(ProducerRecord<String, byte[]> record, Charset keyCharset, PublishException failure) {
        byte[] key = record.key() == null ? null : record.key().getBytes(keyCharset);
        Exception reason = failure.getCause() instanceof Exception cause ? cause : failure;
        return new BadRecord(
                Kind.REFUSED,
                RecordLocation.of(record),
                key,
                record.value(),
                record.headers(),
                reason,
                failure.reason());
    }

    private static String message(Exception reason) {
        return LogSafeText.message(reason.getMessage());
    }

    /**
     * Returns an event that cannot become a record. All its headers become record headers in UTF-8.
     *
     * @param value the event, encoded as the value of its record
     */
    public static BadRecord unwritable(Map<String, String> eventHeaders, byte @Nullable [] value, Exception reason) {
        Headers headers = new RecordHeaders();
        eventHeaders.forEach((name, text) -> {
            if (name != null && text != null) {
                headers.add(name, text.getBytes(UTF_8));
            }
        });
        return new BadRecord(Kind.UNWRITABLE, RecordLocation.UNKNOWN, null, value, headers, reason, message(reason));
    }

    Kind kind() {
        return kind;
    }

    RecordLocation location() {
        return location;
    }

    byte @Nullable [] key() {
        return key;
    }

    byte @Nullable [] value() {
        return value;
    }

    Headers headers() {
        return headers;
    }

    /** Returns the failure that makes this a bad record. */
    public Exception reason() {
        return reason;
    }

    /** Returns the reason, in words for an operator. */
    String message() {
        return message;
    }

    @Override
    public String toString() {
        return location + ": " + message;
    }
}
