// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.security;

import io.flafka.testing.BrokerMain;
import io.flafka.testing.Keytool;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Collects the server properties of {@link SecuredBroker}. For one thread. */
final class ServerProperties {

    private static final String JAAS = ".sasl.jaas.config";
    private static final String OAUTH = "org.apache.kafka.common.security.oauthbearer.";

    private final Map<String, String> properties = new TreeMap<>();

    ServerProperties() {
        properties.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
        // Clients without a login: the test itself, and the broker's own controller.
        properties.put("super.users", "User:ANONYMOUS");
        // A rejected client gets its answer without delay.
        properties.put("connection.failed.authentication.delay.ms", "0");
    }

    void addTls(SecuredListener listener, Path keyStore, Path trustStore) {
        String prefix = listener.prefix();
        properties.put(prefix + "ssl.keystore.location", keyStore.toString());
        properties.put(prefix + "ssl.keystore.type", Keytool.TYPE);
        properties.put(prefix + "ssl.keystore.password", Keytool.PASSWORD);
        if (listener == SecuredListener.MUTUAL_TLS) {
            properties.put(prefix + "ssl.client.auth", "required");
            properties.put(prefix + "ssl.truststore.location", trustStore.toString());
            properties.put(prefix + "ssl.truststore.type", Keytool.TYPE);
            properties.put(prefix + "ssl.truststore.password", Keytool.PASSWORD);
        }
    }

    /** Adds the mechanisms with passwords. Those of PLAIN are part of the broker's configuration. */
    void addPasswords(SecuredListener listener, Map<String, String> plainUsers) {
        enable(listener, "PLAIN,SCRAM-SHA-256,SCRAM-SHA-512,OAUTHBEARER");
        StringBuilder plain = new StringBuilder("org.apache.kafka.common.security.plain.PlainLoginModule required");
        plainUsers.forEach((user, password) -> plain.append(" user_%s=\"%s\"".formatted(user, password)));
        put(listener, "PLAIN", JAAS, plain.append(';').toString());
        for (String scram : new String[] {"SCRAM-SHA-256", "SCRAM-SHA-512"}) {
            put(listener, scram, JAAS, "org.apache.kafka.common.security.scram.ScramLoginModule required;");
        }
        put(listener, "OAUTHBEARER", JAAS, OAUTH + "OAuthBearerLoginModule required;");
    }

    /** Accepts only tokens of an endpoint. */
    void addTokens(SecuredListener listener, TokenEndpoint tokens) {
        String prefix = ".sasl.";
        put(
                listener,
                "OAUTHBEARER",
                prefix + "server.callback.handler.class",
                OAUTH + "OAuthBearerValidatorCallbackHandler");
        put(listener, "OAUTHBEARER", prefix + "oauthbearer.jwks.endpoint.url", tokens.jwksUrl());
        put(listener, "OAUTHBEARER", prefix + "oauthbearer.expected.audience", TokenEndpoint.AUDIENCE);
        put(listener, "OAUTHBEARER", prefix + "oauthbearer.expected.issuer", tokens.issuer());
        properties.put(BrokerMain.SYSTEM + "org.apache.kafka.sasl.oauthbearer.allowed.urls", tokens.jwksUrl());
    }

    void addKerberos(SecuredListener listener, Kdc kdc) {
        enable(listener, "GSSAPI");
        put(listener, "GSSAPI", JAAS, kdc.brokerJaasConfig());
        properties.put(listener.prefix() + "sasl.kerberos.service.name", Kdc.SERVICE);
        properties.put(
                BrokerMain.SYSTEM + "java.security.krb5.conf",
                kdc.configuration().toString());
    }

    Map<String, String> properties() {
        return Map.copyOf(properties);
    }

    private void enable(SecuredListener listener, String mechanisms) {
        properties.put(listener.prefix() + "sasl.enabled.mechanisms", mechanisms);
    }

    private void put(SecuredListener listener, String mechanism, String name, String value) {
        properties.put(listener.prefix() + mechanism.toLowerCase(Locale.ROOT) + name, value);
    }
}
