// SPDX-License-Identifier: Apache-2.0
package io.flafka.client;

import io.flafka.config.SecretNames;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The final properties of one Kafka client, ready for its constructor.
 *
 * <p>Immutable. Its text names every property, and hides the values of those that may be secret.
 *
 * @param properties by Kafka's own names, without a prefix of ours
 */
public record ClientSettings(Map<String, Object> properties) {

    /** Keeps a copy. */
    public ClientSettings {
        properties = Collections.unmodifiableMap(new TreeMap<>(properties));
    }

    @Override
    public String toString() {
        return properties.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + SecretNames.shown(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining(", ", "{", "}"));
    }
}
