// SPDX-License-Identifier: Apache-2.0
package io.flafka.client;

import io.flafka.config.Problems;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.producer.ProducerConfig;

/** Derives the settings of the dead letter producer from those of the component's other clients. */
final class DeadLetterProducerSettings {

    /** Prefixes of the security settings, which are the same for all clients of a component. */
    private static final List<String> SECURITY = List.of("security.", "sasl.", "ssl.");

    /** These would change the record, send it elsewhere, or send it only together with others. Kafka refuses a limit that allows no idempotence. */
    private static final Set<String> REMOVED = Set.of(
            ProducerConfig.TRANSACTIONAL_ID_CONFIG,
            ProducerConfig.INTERCEPTOR_CLASSES_CONFIG,
            ProducerConfig.PARTITIONER_CLASS_CONFIG,
            ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
            ProducerConfig.RETRIES_CONFIG,
            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG);

    private static final Map<String, String> FORCED = Map.of(
            ProducerConfig.ACKS_CONFIG,
            "all",
            ProducerConfig.LINGER_MS_CONFIG,
            "0",
            // A longer wait for a dead letter could cost a source its membership in the group.
            ProducerConfig.MAX_BLOCK_MS_CONFIG,
            "5000");

    private DeadLetterProducerSettings() {}

    /** Warns of properties that the operator has set for dead letters and that have no effect on them. */
    static void checkOwn(Set<String> own, Problems problems) {
        own.stream()
                .filter(name -> REMOVED.contains(name)
                        || FORCED.containsKey(name)
                        || ProducerConfig.MAX_REQUEST_SIZE_CONFIG.equals(name))
                .forEach(
                        name -> problems.warn(
                                ClientProperties.DEAD_LETTER_PREFIX + name
                                        + " has no effect: each dead letter is written unchanged, by itself, and to all in-sync replicas; remove it"));
    }

    /** Returns the producer's settings, with the consumer's security settings if the producer has none. */
    static ClientSettings inherited(ClientSettings producer, ClientSettings consumer) {
        Map<String, Object> properties = new TreeMap<>(producer.properties());
        if (!properties.containsKey(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG)) {
            consumer.properties().forEach((name, value) -> {
                if (SECURITY.stream().anyMatch(name::startsWith)) {
                    properties.putIfAbsent(name, value);
                }
            });
        }
        return new ClientSettings(properties);
    }

    /** Returns settings with what dead letters need. */
    static ClientSettings applied(ClientSettings producer) {
        Map<String, Object> properties = new TreeMap<>(producer.properties());
        properties.keySet().removeAll(REMOVED);
        // Must be unique even if the agent file sets client.id for all clients of the component.
        properties.put(CommonClientConfigs.CLIENT_ID_CONFIG, producer.clientId() + "-deadletter");
        properties.putAll(FORCED);
        // A record that was too large for the component's own producer must fit here: only the buffer's size limits it.
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.toString(bufferMemory(properties)));
        return new ClientSettings(properties);
    }

    private static int bufferMemory(Map<String, Object> properties) {
        Object byDefault = ProducerConfig.configDef().defaultValues().get(ProducerConfig.BUFFER_MEMORY_CONFIG);
        Object given = properties.getOrDefault(ProducerConfig.BUFFER_MEMORY_CONFIG, String.valueOf(byDefault));
        try {
            return (int) Math.min(Long.parseLong(given.toString()), Integer.MAX_VALUE);
        } catch (NumberFormatException noNumber) {
            // Already reported.
            return 0;
        }
    }
}
