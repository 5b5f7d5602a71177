// SPDX-License-Identifier: Apache-2.0
package io.flafka.event;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Which partition an event goes to: the one its header names, else the default one, else Kafka's choice.
 *
 * @param header the event header that names the partition, or none
 * @param defaultPartition the partition of events without that header, or none
 */
public record PartitionRoute(Optional<String> header, OptionalInt defaultPartition) {

    /**
     * The partition for an event with these headers, or null for Kafka's choice, as a {@code ProducerRecord} takes it.
     *
     * @throws UnwritableEventException if the header is no partition number
     */
    public @Nullable Integer partitionOf(Map<String, String> headers) {
        String named = header.map(headers::get).orElse(null);
        if (named != null) {
            return parse(named);
        }
        return defaultPartition.isPresent() ? Integer.valueOf(defaultPartition.getAsInt()) : null;
    }

    private Integer parse(String named) {
        try {
            int partition = Integer.parseInt(named.trim());
            if (partition >= 0) {
                return partition;
            }
        } catch (NumberFormatException notANumber) {
            // The message below says it all.
        }
        throw new UnwritableEventException(
                "event header '%s' (partitionIdHeader) is '%s', which is no partition number: it must be 0 or more"
                        .formatted(header.orElseThrow(), named));
    }
}
