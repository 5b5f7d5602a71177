// SPDX-License-Identifier: Apache-2.0
package io.flafka.client;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.producer.ProducerConfig;

/** What the producer of dead letters needs to be, whatever the component's own producer is. */
final class DeadLetterProducerRules {

    /** How a client comes to be trusted is the same for all clients of a component. */
    private static final List<String> SECURITY = List.of("security.", "sasl.", "ssl.");

    /** They would change the record, send it elsewhere, or send it only with others. */
    private static final Set<String> LEFT_OUT = Set.of(
            ProducerConfig.TRANSACTIONAL_ID_CONFIG,
            ProducerConfig.INTERCEPTOR_CLASSES_CONFIG,
            ProducerConfig.PARTITIONER_CLASS_CONFIG,
            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG);

    private static final Map<String, String> FORCED = Map.of(
            ProducerConfig.ACKS_CONFIG,
            "all",
            // One record at a time is in order anyway, and without it no failure ends the producer for good.
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
            "false",
            ProducerConfig.LINGER_MS_CONFIG,
            "0",
            // Longer, and the wait for a dead letter could cost a source its place in the group.
            ProducerConfig.MAX_BLOCK_MS_CONFIG,
            "5000");

    private DeadLetterProducerRules() {}

    /** From the producer's settings, with the security of the consumer if the producer has none of its own. */
    static ClientSettings applied(ClientSettings producer, ClientSettings consumer) {
        Map<String, Object> properties = new TreeMap<>(producer.properties());
        if (!properties.containsKey(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG)) {
            consumer.properties().forEach((name, value) -> {
                if (SECURITY.stream().anyMatch(name::startsWith)) {
                    properties.putIfAbsent(name, value);
                }
            });
        }
        properties.keySet().removeAll(LEFT_OUT);
        // Also where the agent file gives the component's clients a name.
        properties.put(CommonClientConfigs.CLIENT_ID_CONFIG, producer.clientId() + "-deadletter");
        properties.putAll(FORCED);
        // What was too large for the component's own producer must find room here; its memory is the limit that is
        // left.
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.toString(memory(properties)));
        return new ClientSettings(properties);
    }

    private static int memory(Map<String, Object> properties) {
        Object byDefault = ProducerConfig.configDef().defaultValues().get(ProducerConfig.BUFFER_MEMORY_CONFIG);
        Object given = properties.getOrDefault(ProducerConfig.BUFFER_MEMORY_CONFIG, String.valueOf(byDefault));
        try {
            return (int) Math.min(Long.parseLong(given.toString()), Integer.MAX_VALUE);
        } catch (NumberFormatException noNumber) {
            // Already a problem of its own.
            return 0;
        }
    }
}
