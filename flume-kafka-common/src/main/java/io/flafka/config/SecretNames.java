// SPDX-License-Identifier: Apache-2.0
package io.flafka.config;

import java.util.Collections;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;

/** Tells by its name whether a property may contain a secret. Such values never appear in logs and messages. */
public final class SecretNames {

    private static final String HIDDEN = "(hidden)";
    private static final Pattern OUR_PREFIX = Pattern.compile("kafka\\.(client|consumer|producer)\\.");
    private static final Pattern SECRET = Pattern.compile("password|passphrase|secret|jaas");
    private static final Pattern SECRET_IF_KAFKA_DOES_NOT_KNOW_IT = Pattern.compile("key|token|credential|certificate");
    private static final Map<String, ConfigDef.ConfigKey> KAFKA = kafkaKeys();

    private SecretNames() {}

    /** Returns whether the value may be a secret. The name is Kafka's own, with or without one of our prefixes. */
    public static boolean include(String name) {
        String kafkaName = OUR_PREFIX.matcher(name).replaceFirst("");
        String lower = kafkaName.toLowerCase(Locale.ROOT);
        if (SECRET.matcher(lower).find()) {
            return true;
        }
        ConfigDef.ConfigKey key = KAFKA.get(kafkaName);
        if (key != null) {
            return key.type == ConfigDef.Type.PASSWORD;
        }
        return SECRET_IF_KAFKA_DOES_NOT_KNOW_IT.matcher(lower).find();
    }

    /** Returns the value for a log line, or a placeholder for a secret. */
    public static String shown(String name, Object value) {
        return include(name) ? HIDDEN : LogSafeText.value(value);
    }

    /** Returns the value in quotes for a message, or a placeholder for a secret. */
    public static String quoted(String name, Object value) {
        return include(name) ? HIDDEN : LogSafeText.quoted(value);
    }

    private static Map<String, ConfigDef.ConfigKey> kafkaKeys() {
        Map<String, ConfigDef.ConfigKey> keys =
                new HashMap<>(ConsumerConfig.configDef().configKeys());
        keys.putAll(ProducerConfig.configDef().configKeys());
        return Collections.unmodifiableMap(keys);
    }
}
