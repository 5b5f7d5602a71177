// SPDX-License-Identifier: Apache-2.0
package io.flafka.client;

import io.flafka.config.Problems;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerConfig;

/** What Kafka's producer demands of several of its properties together, so that it is told with everything else that is wrong. */
final class ProducerRules {

    private static final long MOST_IN_FLIGHT_WITH_IDEMPOTENCE = 5;
    private static final Set<String> ALL = Set.of("all", "-1");

    private ProducerRules() {}

    /** Adds what a producer with these settings would refuse. */
    static void check(ClientSettings settings, Problems problems) {
        Map<String, Object> properties = settings.properties();
        if ("true".equalsIgnoreCase(text(properties, ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG))) {
            checkIdempotence(properties, problems);
        }
        checkDeliveryTimeout(properties, problems);
    }

    private static void checkIdempotence(Map<String, Object> properties, Problems problems) {
        String needs = name(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG) + " = true needs ";
        if (!ALL.contains(text(properties, ProducerConfig.ACKS_CONFIG))) {
            problems.error(needs + name(ProducerConfig.ACKS_CONFIG) + " = all");
        }
        number(properties, ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION).ifPresent(inFlight -> {
            if (inFlight > MOST_IN_FLIGHT_WITH_IDEMPOTENCE) {
                problems.error(needs + name(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION) + " of "
                        + MOST_IN_FLIGHT_WITH_IDEMPOTENCE + " or less");
            }
        });
        number(properties, ProducerConfig.RETRIES_CONFIG).ifPresent(retries -> {
            if (retries == 0) {
                problems.error(needs + name(ProducerConfig.RETRIES_CONFIG) + " of 1 or more");
            }
        });
    }

    private static void checkDeliveryTimeout(Map<String, Object> properties, Problems problems) {
        OptionalLong delivery = number(properties, ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG);
        if (delivery.isEmpty()) {
            // Kafka then raises its default to what the two others need.
            return;
        }
        long least = orDefault(properties, ProducerConfig.LINGER_MS_CONFIG)
                + orDefault(properties, ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG);
        if (delivery.getAsLong() < least) {
            problems.invalid(
                    name(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG),
                    String.valueOf(delivery.getAsLong()),
                    "at least " + ProducerConfig.LINGER_MS_CONFIG + " + " + ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG
                            + ", which is " + least);
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
            // Absent, or already a problem of its own.
            return OptionalLong.empty();
        }
    }
}
