// SPDX-License-Identifier: Apache-2.0
package io.flafka.event;

import java.util.Map;

/**
 * The rules {@code header.<flumeHeader>=<kafkaHeader>} of a component (FLUME-3435).
 *
 * @param kafkaHeaderByFlumeHeader the Kafka header's name for each Flume header's name, in the order of the agent file
 */
public record HeaderMapping(Map<String, String> kafkaHeaderByFlumeHeader) {

    /** Keeps a copy. */
    public HeaderMapping {
        kafkaHeaderByFlumeHeader = Map.copyOf(kafkaHeaderByFlumeHeader);
    }
}
