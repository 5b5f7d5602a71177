// SPDX-License-Identifier: Apache-2.0
package io.flafka.client;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Adds the agent-wide stores to clients that use TLS. */
class TlsDefaultsTest {

    private static final Map<String, String> JAVA = Map.of(
            "javax.net.ssl.keyStore", "/java/key",
            "javax.net.ssl.keyStorePassword", "java-key-password",
            "javax.net.ssl.keyStoreType", "PKCS12",
            "javax.net.ssl.trustStore", "/java/trust",
            "javax.net.ssl.trustStorePassword", "java-trust-password",
            "javax.net.ssl.trustStoreType", "JKS");
    private static final Map<String, String> FLUME = Map.of(
            "FLUME_SSL_KEYSTORE_PATH", "/flume/key",
            "FLUME_SSL_KEYSTORE_PASSWORD", "flume-key-password",
            "FLUME_SSL_KEYSTORE_TYPE", "JKS",
            "FLUME_SSL_TRUSTSTORE_PATH", "/flume/trust",
            "FLUME_SSL_TRUSTSTORE_PASSWORD", "flume-trust-password",
            "FLUME_SSL_TRUSTSTORE_TYPE", "PKCS12");

    private final Map<String, Object> settings = new HashMap<>(Map.of("security.protocol", "SASL_SSL"));

    @Test
    void readsSystemProperties() {
        new TlsDefaults(JAVA, FLUME).addTo(settings);

        assertThat(settings)
                .containsOnly(
                        entry("security.protocol", "SASL_SSL"),
                        entry("ssl.keystore.location", "/java/key"),
                        entry("ssl.keystore.password", "java-key-password"),
                        entry("ssl.keystore.type", "PKCS12"),
                        entry("ssl.truststore.location", "/java/trust"),
                        entry("ssl.truststore.password", "java-trust-password"),
                        entry("ssl.truststore.type", "JKS"));
    }

    @Test
    void readsTheEnvironmentOtherwise() {
        new TlsDefaults(Map.of(), FLUME).addTo(settings);

        assertThat(settings)
                .containsOnly(
                        entry("security.protocol", "SASL_SSL"),
                        entry("ssl.keystore.location", "/flume/key"),
                        entry("ssl.keystore.password", "flume-key-password"),
                        entry("ssl.keystore.type", "JKS"),
                        entry("ssl.truststore.location", "/flume/trust"),
                        entry("ssl.truststore.password", "flume-trust-password"),
                        entry("ssl.truststore.type", "PKCS12"));
    }

    @Test
    void keepsTheClientsOwnStores() {
        settings.put("ssl.truststore.location", "/own");
        settings.put("ssl.keystore.key", "inline");

        new TlsDefaults(JAVA, FLUME).addTo(settings);

        assertThat(settings)
                .containsOnly(
                        entry("security.protocol", "SASL_SSL"),
                        entry("ssl.keystore.key", "inline"),
                        entry("ssl.truststore.location", "/own"),
                        entry("ssl.truststore.password", "java-trust-password"),
                        entry("ssl.truststore.type", "JKS"));
    }

    /** Kafka would reject it: "SSL trust store password cannot be specified for PEM format". */
    @Test
    void addsNoPasswordToAPemFile() {
        settings.put("ssl.truststore.location", "/own.pem");
        settings.put("ssl.truststore.type", "PEM");
        settings.put("ssl.keystore.location", "/own.pem");
        settings.put("ssl.keystore.type", "PEM");
        Map<String, Object> own = Map.copyOf(settings);

        new TlsDefaults(JAVA, FLUME).addTo(settings);

        assertThat(settings).isEqualTo(own);
    }

    @Test
    void addsNoPasswordWithoutAFile() {
        new TlsDefaults(Map.of("javax.net.ssl.trustStorePassword", "x"), Map.of()).addTo(settings);

        assertThat(settings).containsOnly(entry("security.protocol", "SASL_SSL"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PLAINTEXT", "SASL_PLAINTEXT"})
    void addsNothingWithoutTls(String protocol) {
        settings.put("security.protocol", protocol);

        new TlsDefaults(JAVA, FLUME).addTo(settings);

        assertThat(settings).containsOnly(entry("security.protocol", protocol));
    }

    @Test
    void hidesPasswords() {
        assertThat(new TlsDefaults(JAVA, FLUME).toString()).isEqualTo("the agent's TLS stores");
    }
}
