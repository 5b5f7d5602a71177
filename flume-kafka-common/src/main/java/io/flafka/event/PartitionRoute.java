// SPDX-License-Identifier: Apache-2.0
package io.flafka.event;

import io.flafka.config.LogSafeText;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the partition of an event: the one in its header, else the default partition, else Kafka's choice. Immutable.
 *
 * @param header the name of the event header with the partition number, if configured
 * @param defaultPartition the partition of events without that header, if configured
 */
public record PartitionRoute(Optional<String> header, OptionalInt defaultPartition) {

    /**
     * Returns the partition for an event with these headers, or null if Kafka chooses, as {@code ProducerRecord} expects.
     *
     * @throws UnwritableEventException if the header is not a partition number
     */
    public @Nullable Integer partitionOf(Map<String, String> headers) {
        String text = header.map(headers::get).orElse(null);
        if (text != null) {
            return parse(text);
        }
        return defaultPartition.isPresent() ? Integer.valueOf(defaultPartition.getAsInt()) : null;
    }

    private Integer parse(String text) {
        try {
            int partition = Integer.parseInt(text.trim());
            if (partition >= 0) {
                return partition;
            }
        } catch (NumberFormatException notANumber) {
            // The exception below explains it.
        }
        throw new UnwritableEventException(
                "event header '%s' (partitionIdHeader) is '%s', which is not a partition number: it must be an integer of at least 0"
                        .formatted(header.orElseThrow(), LogSafeText.value(text)));
    }
}
