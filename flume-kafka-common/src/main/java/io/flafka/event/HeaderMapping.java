// SPDX-License-Identifier: Apache-2.0
package io.flafka.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * The rules {@code header.<flumeHeader>=<kafkaHeader>} of a component (FLUME-3435), applied in their order.
 *
 * <p>Thread-safe: rules do not change.
 *
 * @param kafkaHeaderByFlumeHeader the Kafka header's name for each Flume header's name, in the order in which they are applied
 */
public record HeaderMapping(Map<String, String> kafkaHeaderByFlumeHeader) {

    private static final HeaderMapping NONE = new HeaderMapping(Map.of());

    /** Keeps a copy. */
    public HeaderMapping {
        kafkaHeaderByFlumeHeader = Collections.unmodifiableMap(new LinkedHashMap<>(kafkaHeaderByFlumeHeader));
    }

    /**
     * These rules in the order in which the components of Flume 1.11 apply them: that of Java's hash map, as Flume forgets the order of the agent file. It
     * is the order in which a record gets its headers.
     *
     * @param kafkaHeaderByFlumeHeader in the order in which Flume's own context has them, which counts where two names meet in the map
     */
    public static HeaderMapping inOrderOfStock(Map<String, String> kafkaHeaderByFlumeHeader) {
        // One by one, as Flume does: a map that is made from another one may have room for more, and so another order.
        Map<String, String> ordered = new HashMap<>();
        kafkaHeaderByFlumeHeader.forEach(ordered::put);
        return new HeaderMapping(ordered);
    }

    /** No rules: copies nothing. */
    public static HeaderMapping none() {
        return NONE;
    }

    /**
     * Copies a record's headers into an event's, over what is there. The last of a repeated Kafka header counts; where the record has
     * none of that name, or it is null, the event's header stays as it is. Bytes that are not UTF-8 are replaced.
     */
    public void readFrom(Headers recordHeaders, Map<String, String> eventHeaders) {
        kafkaHeaderByFlumeHeader.forEach((flumeHeader, kafkaHeader) -> {
            Header last = recordHeaders.lastHeader(kafkaHeader);
            byte[] value = last == null ? null : last.value();
            if (value != null) {
                eventHeaders.put(flumeHeader, new String(value, UTF_8));
            }
        });
    }

    /** Adds an event's headers to a record's, as UTF-8. A header that the event does not have is not added. */
    public void writeTo(Map<String, String> eventHeaders, Headers recordHeaders) {
        kafkaHeaderByFlumeHeader.forEach((flumeHeader, kafkaHeader) -> {
            String value = eventHeaders.get(flumeHeader);
            if (value != null) {
                recordHeaders.add(kafkaHeader, value.getBytes(UTF_8));
            }
        });
    }
}
