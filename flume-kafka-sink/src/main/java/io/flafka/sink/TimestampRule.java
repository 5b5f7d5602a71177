// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import io.flafka.config.LogSafeText;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chooses the timestamp of a record: the time in the event's header, else the time of sending.
 *
 * <p>An invalid time in the header is ignored, and the event is still delivered. Flume's own source writes {@code -1} for a record without a
 * timestamp, which a Kafka producer refuses. Only the first invalid time is logged.
 *
 * <p>For one thread at a time.
 */
final class TimestampRule {

    private static final Logger LOG = LoggerFactory.getLogger(TimestampRule.class);

    private final String sinkName;
    private final @Nullable String header;
    private boolean reported;

    /**
     * Creates the rule of one run of the sink.
     *
     * @param sinkName the sink's name in log lines
     * @param header the event header that has the milliseconds since the epoch, or none
     */
    TimestampRule(String sinkName, Optional<String> header) {
        this.sinkName = sinkName;
        this.header = header.orElse(null);
    }

    /** Returns the milliseconds since the epoch, or null for the time of sending, as {@code ProducerRecord} expects it. */
    @Nullable
    Long timestampOf(Map<String, String> headers) {
        String value = header == null ? null : headers.get(header);
        if (value == null) {
            return null;
        }
        try {
            long timestamp = Long.parseLong(value.trim());
            if (timestamp >= 0) {
                return timestamp;
            }
        } catch (NumberFormatException notANumber) {
            // Reported below, like a negative number.
        }
        report(value);
        return null;
    }

    private void report(String value) {
        if (!reported) {
            reported = true;
            LOG.warn(
                    "KafkaSink {}: event header '{}' (timestampHeader) is '{}', which is not a time in milliseconds. Such events get the time of"
                            + " sending (reported once)",
                    sinkName,
                    header,
                    LogSafeText.value(value));
        }
    }
}
