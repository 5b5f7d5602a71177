// SPDX-License-Identifier: Apache-2.0
package io.flafka.client;

import io.flafka.config.Problems;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * Applies Kafka's rules between properties of a producer, such as idempotence and acks. It adjusts settings that were valid for an older Kafka, and
 * reports other conflicts together with all errors of the agent file.
 */
final class ProducerRules {

    private static final long MAX_IN_FLIGHT_WITH_IDEMPOTENCE = 5;
    private static final Set<String> ALL = Set.of("all", "-1");

    private ProducerRules() {}

    /** Returns the settings, adjusted where an agent file for an older Kafka conflicts; other conflicts are errors. */
    static ClientSettings reconciled(ClientSettings settings, Problems problems) {
        Map<String, Object> properties = new TreeMap<>(settings.properties());
        checkDeliveryTimeout(properties, problems);
        boolean transactions = properties.containsKey(ProducerConfig.TRANSACTIONAL_ID_CONFIG);
        String idempotence = text(properties, ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG);
        if ("true".equalsIgnoreCase(idempotence)) {
            checkIdempotence(name(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG) + " = true needs ", properties, problems);
        } else if (transactions && "false".equalsIgnoreCase(idempotence)) {
            problems.error(name(ProducerConfig.TRANSACTIONAL_ID_CONFIG) + " needs "
                    + name(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG) + " = true");
        } else if (transactions) {
            checkIdempotence(name(ProducerConfig.TRANSACTIONAL_ID_CONFIG) + " needs ", properties, problems);
        } else if (!properties.containsKey(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG)
                && hasTooManyInFlight(properties)) {
            // For acks and retries Kafka turns idempotence off by itself. It rejects this one, which older clients
            // accepted.
            properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "false");
            problems.warn(name(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION) + " is more than "
                    + MAX_IN_FLIGHT_WITH_IDEMPOTENCE
                    + ", which turns idempotence off: a retry may write records twice and out of order");
        }
        return new ClientSettings(properties);
    }

    private static boolean hasTooManyInFlight(Map<String, Object> properties) {
        return number(properties, ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION)
                        .orElse(0)
                > MAX_IN_FLIGHT_WITH_IDEMPOTENCE;
    }

    private static void checkIdempotence(String needs, Map<String, Object> properties, Problems problems) {
        if (!ALL.contains(text(properties, ProducerConfig.ACKS_CONFIG))) {
            problems.error(needs + name(ProducerConfig.ACKS_CONFIG) + " = all");
        }
        if (hasTooManyInFlight(properties)) {
            problems.error(needs + name(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION) + " of "
                    + MAX_IN_FLIGHT_WITH_IDEMPOTENCE + " or less");
        }
        number(properties, ProducerConfig.RETRIES_CONFIG).ifPresent(retries -> {
            if (retries == 0) {
                problems.error(needs + name(ProducerConfig.RETRIES_CONFIG) + " of 1 or more");
            }
        });
    }

    private static void checkDeliveryTimeout(Map<String, Object> properties, Problems problems) {
        OptionalLong delivery = number(properties, ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG);
        if (delivery.isEmpty()) {
            // Kafka then raises its default to the sum of the two others.
            return;
        }
        long min = orDefault(properties, ProducerConfig.LINGER_MS_CONFIG)
                + orDefault(properties, ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG);
        if (delivery.getAsLong() < min) {
            problems.invalid(
                    name(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG),
                    String.valueOf(delivery.getAsLong()),
                    "at least " + ProducerConfig.LINGER_MS_CONFIG + " + " + ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG
                            + ", which is " + min);
        }
    }

    private static long orDefault(Map<String, Object> properties, String kafkaName) {
        Object byDefault = ProducerConfig.configDef().defaultValues().getOrDefault(kafkaName, 0);
        return number(properties, kafkaName).orElseGet(() -> Long.parseLong(byDefault.toString()));
    }

    private static String name(String kafkaName) {
        return ClientProperties.PRODUCER_PREFIX + kafkaName;
    }

    private static String text(Map<String, Object> properties, String kafkaName) {
        return properties.getOrDefault(kafkaName, "").toString();
    }

    private static OptionalLong number(Map<String, Object> properties, String kafkaName) {
        try {
            return OptionalLong.of(Long.parseLong(text(properties, kafkaName)));
        } catch (NumberFormatException noNumber) {
            // Absent, or already reported.
            return OptionalLong.empty();
        }
    }
}
