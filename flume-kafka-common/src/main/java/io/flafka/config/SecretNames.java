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

/** Which properties may hold a secret, by their names: the values of those are never shown. */
public final class SecretNames {

    private static final String HIDDEN = "(hidden)";
    private static final Pattern OUR_PREFIX = Pattern.compile("kafka\\.(client|consumer|producer)\\.");
    private static final Pattern SECRET = Pattern.compile("password|passphrase|secret|jaas");
    private static final Pattern SECRET_IF_KAFKA_DOES_NOT_KNOW_IT = Pattern.compile("key|token|credential|certificate");
    private static final Map<String, ConfigDef.ConfigKey> KAFKA = kafkaKeys();

    private SecretNames() {}

    /** Whether the value may be a secret; the name may be Kafka's own or have one of our prefixes. */
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

    /** The value as it may be shown. */
    public static String shown(String name, Object value) {
        return include(name) ? HIDDEN : LogSafeText.value(value);
    }

    /** The same for a sentence: in quotes, if it is shown. */
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
