// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import io.flafka.config.LogSafeText;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which timestamp a record gets: the one its event's header gives, else the time of sending.
 *
 * <p>A header that is no timestamp costs the event its time, not its delivery: a stock source writes {@code -1} for a record without one, which a
 * Kafka producer refuses. The first such header is logged.
 */
final class TimestampRule {

    private static final Logger LOG = LoggerFactory.getLogger(TimestampRule.class);

    private final Optional<String> header;
    private boolean reported;

    /** With the event header that gives milliseconds since the epoch, or none. */
    TimestampRule(Optional<String> header) {
        this.header = header;
    }

    /** Null for the time of sending, as a {@code ProducerRecord} takes it. */
    @Nullable
    Long timestampOf(Map<String, String> headers) {
        String given = header.map(headers::get).orElse(null);
        if (given == null) {
            return null;
        }
        try {
            long timestamp = Long.parseLong(given.trim());
            if (timestamp >= 0) {
                return timestamp;
            }
        } catch (NumberFormatException notANumber) {
            // Reported below like a negative one.
        }
        report(given);
        return null;
    }

    private void report(String given) {
        if (!reported) {
            reported = true;
            LOG.warn(
                    "Event header '{}' (timestampHeader) is '{}', which is no time in milliseconds: such events get the time of sending"
                            + " (reported once)",
                    header.orElseThrow(),
                    LogSafeText.value(given));
        }
    }
}
