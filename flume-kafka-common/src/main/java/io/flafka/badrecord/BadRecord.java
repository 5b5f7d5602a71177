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
 * A record that can never pass, with its bytes as they are, and the reason. Its text says where it was and why, never what is in it.
 *
 * <p>Thread-safe, as long as nobody changes the record it was made of.
 */
public final class BadRecord {

    private final RecordLocation place;
    private final byte @Nullable [] key;
    private final byte @Nullable [] value;
    private final Headers headers;
    private final Exception reason;
    private final String words;

    private BadRecord(
            RecordLocation place,
            byte @Nullable [] key,
            byte @Nullable [] value,
            Headers headers,
            Exception reason,
            String words) {
        this.place = place;
        this.words = words;
        this.key = key;
        this.value = value;
        this.headers = headers;
        this.reason = reason;
    }

    /** One that was read and cannot become an event. */
    public static BadRecord read(ConsumerRecord<byte[], byte[]> record, Exception reason) {
        return new BadRecord(
                RecordLocation.of(record), record.key(), record.value(), record.headers(), reason, words(reason));
    }

    /** One that was made of an event, and that Kafka will never take. */
    static BadRecord unwritten(ProducerRecord<String, byte[]> record, Charset keyCharset, PublishException failure) {
        byte[] key = record.key() == null ? null : record.key().getBytes(keyCharset);
        Exception reason = failure.getCause() instanceof Exception cause ? cause : failure;
        return new BadRecord(
                RecordLocation.of(record), key, record.value(), record.headers(), reason, failure.reason());
    }

    private static String words(Exception reason) {
        return LogSafeText.message(reason.getMessage());
    }

    /**
     * An event of which no record can be made. All its headers become record headers, in UTF-8.
     *
     * @param value the event in the form it would have had as a record's value
     */
    public static BadRecord unmapped(Map<String, String> eventHeaders, byte[] value, Exception reason) {
        Headers headers = new RecordHeaders();
        eventHeaders.forEach((name, text) -> {
            if (name != null && text != null) {
                headers.add(name, text.getBytes(UTF_8));
            }
        });
        return new BadRecord(RecordLocation.NOWHERE, null, value, headers, reason, words(reason));
    }

    /** Where it was read, or would have been written. */
    RecordLocation place() {
        return place;
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

    /** Why it cannot pass. */
    public Exception reason() {
        return reason;
    }

    @Override
    public String toString() {
        return place + ": " + words;
    }
}
