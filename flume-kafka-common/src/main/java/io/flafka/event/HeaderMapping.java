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
 * Copies headers between events and records under different names: the properties {@code header.<flumeHeader>=<kafkaHeader>} of a component
 * (FLUME-3435). Immutable.
 *
 * @param kafkaHeaderByFlumeHeader the record header's name for each event header's name, in the order in which they are copied
 */
public record HeaderMapping(Map<String, String> kafkaHeaderByFlumeHeader) {

    private static final HeaderMapping NONE = new HeaderMapping(Map.of());

    /** Copies the map and keeps its order. */
    public HeaderMapping {
        kafkaHeaderByFlumeHeader = Collections.unmodifiableMap(new LinkedHashMap<>(kafkaHeaderByFlumeHeader));
    }

    /**
     * Creates a mapping that copies headers in the same order as the components of Flume 1.11. That is the order of Java's {@code HashMap}, because
     * Flume loses the order of the agent file. A record gets its headers in this order.
     *
     * @param kafkaHeaderByFlumeHeader the names in the order of Flume's context, which matters if two names have the same place in the hash map
     */
    public static HeaderMapping inStockOrder(Map<String, String> kafkaHeaderByFlumeHeader) {
        // Added one by one, as Flume does. A copy of the whole map may get another capacity, and so another order.
        Map<String, String> ordered = new HashMap<>();
        kafkaHeaderByFlumeHeader.forEach(ordered::put);
        return new HeaderMapping(ordered);
    }

    /** Returns a mapping that copies nothing. */
    public static HeaderMapping none() {
        return NONE;
    }

    /**
     * Copies headers of a record to an event and replaces those that the event has. If the record has a header more than once, the last value counts.
     * If the record does not have a header, or its value is null, the event's header does not change. Bytes that are not UTF-8 are replaced.
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

    /** Adds headers of an event to a record, in UTF-8. Headers that the event does not have are not added. */
    public void writeTo(Map<String, String> eventHeaders, Headers recordHeaders) {
        kafkaHeaderByFlumeHeader.forEach((flumeHeader, kafkaHeader) -> {
            String value = eventHeaders.get(flumeHeader);
            if (value != null) {
                recordHeaders.add(kafkaHeader, value.getBytes(UTF_8));
            }
        });
    }
}
