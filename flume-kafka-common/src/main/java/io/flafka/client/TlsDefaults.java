// SPDX-License-Identifier: Apache-2.0
package io.flafka.client;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.config.SslConfigs;

/**
 * Adds Flume's agent-wide key store and trust store to clients that use TLS and have no stores of their own (FLUME-3278).
 *
 * <p>Immutable. {@link #toString} shows nothing, because there are passwords in it.
 */
public final class TlsDefaults {

    private static final Set<String> TLS = Set.of("SSL", "SASL_SSL");
    private static final String PEM = "PEM";
    private static final Store KEY_STORE = new Store(
            new Setting(SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG, "javax.net.ssl.keyStore", "FLUME_SSL_KEYSTORE_PATH"),
            new Setting(
                    SslConfigs.SSL_KEYSTORE_PASSWORD_CONFIG,
                    "javax.net.ssl.keyStorePassword",
                    "FLUME_SSL_KEYSTORE_PASSWORD"),
            new Setting(SslConfigs.SSL_KEYSTORE_TYPE_CONFIG, "javax.net.ssl.keyStoreType", "FLUME_SSL_KEYSTORE_TYPE"),
            List.of(SslConfigs.SSL_KEYSTORE_KEY_CONFIG, SslConfigs.SSL_KEYSTORE_CERTIFICATE_CHAIN_CONFIG));
    private static final Store TRUST_STORE = new Store(
            new Setting(
                    SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG, "javax.net.ssl.trustStore", "FLUME_SSL_TRUSTSTORE_PATH"),
            new Setting(
                    SslConfigs.SSL_TRUSTSTORE_PASSWORD_CONFIG,
                    "javax.net.ssl.trustStorePassword",
                    "FLUME_SSL_TRUSTSTORE_PASSWORD"),
            new Setting(
                    SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG, "javax.net.ssl.trustStoreType", "FLUME_SSL_TRUSTSTORE_TYPE"),
            List.of(SslConfigs.SSL_TRUSTSTORE_CERTIFICATES_CONFIG));

    private final Map<String, String> systemProperties;
    private final Map<String, String> environment;

    /** Copies both maps. */
    public TlsDefaults(Map<String, String> systemProperties, Map<String, String> environment) {
        this.systemProperties = Map.copyOf(systemProperties);
        this.environment = Map.copyOf(environment);
    }

    /** Returns the defaults of this process, as they are now. */
    public static TlsDefaults ofThisProcess() {
        Map<String, String> properties = new HashMap<>();
        System.getProperties()
                .stringPropertyNames()
                .forEach(name -> properties.put(name, System.getProperty(name, "")));
        return new TlsDefaults(properties, System.getenv());
    }

    /** Adds the missing store settings, if the client uses TLS. */
    void addTo(Map<String, Object> settings) {
        Object protocol = settings.getOrDefault(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, "");
        if (TLS.contains(protocol.toString().toUpperCase(Locale.ROOT))) {
            add(KEY_STORE, settings);
            add(TRUST_STORE, settings);
        }
    }

    @Override
    public String toString() {
        return "the agent's TLS stores";
    }

    private void add(Store store, Map<String, Object> settings) {
        if (store.alternatives().stream().anyMatch(settings::containsKey)) {
            // Kafka rejects a file beside inline certificates.
            return;
        }
        addIfMissing(store.location(), settings);
        if (settings.containsKey(store.location().kafkaName())) {
            addIfMissing(store.type(), settings);
            // Kafka rejects a password without a file, and one for a file in PEM.
            if (!PEM.equals(settings.get(store.type().kafkaName()))) {
                addIfMissing(store.password(), settings);
            }
        }
    }

    private void addIfMissing(Setting setting, Map<String, Object> settings) {
        Stream.of(systemProperties.get(setting.systemProperty()), environment.get(setting.variable()))
                .filter(value -> value != null && !value.isBlank())
                .findFirst()
                .ifPresent(value -> settings.putIfAbsent(setting.kafkaName(), value));
    }

    /** A Kafka property and the source of its default: Java's system property, or else Flume's environment variable. */
    private record Setting(String kafkaName, String systemProperty, String variable) {}

    /** A file with keys or certificates, and the Kafka properties that replace it. */
    private record Store(Setting location, Setting password, Setting type, List<String> alternatives) {}
}
