// SPDX-License-Identifier: Apache-2.0
package io.flafka.client;

import io.flafka.config.LogSafeText;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SslConfigs;

/** Finds out from a Kafka client's properties as which user it logs in, for messages. Never shows a password. Stateless. */
final class ClientUser {

    /** The options of a JAAS login module that name the user. */
    private static final Set<String> NAMES =
            Set.of("username", "principal", "clientId", "unsecuredLoginStringClaim_sub");

    /** One option. A value in quotes may contain anything, even what looks like an option. */
    private static final Pattern OPTION = Pattern.compile("(\\w+)\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)'|([^\\s;]+))");

    private ClientUser() {}

    /** Returns the user, and how it logs in. */
    static String of(ClientSettings settings) {
        String protocol = settings.securityProtocol();
        Map<String, Object> properties = settings.properties();
        if (protocol.startsWith("SASL")) {
            String mechanism = text(properties, SaslConfigs.SASL_MECHANISM).orElse(SaslConfigs.DEFAULT_SASL_MECHANISM);
            return "%s (%s, %s)".formatted(ofLogin(properties), protocol, mechanism);
        }
        return "%s (%s)".formatted(ofCertificate(properties), protocol);
    }

    private static String ofLogin(Map<String, Object> properties) {
        Optional<String> jaas = text(properties, SaslConfigs.SASL_JAAS_CONFIG);
        return text(properties, SaslConfigs.SASL_OAUTHBEARER_CLIENT_CREDENTIALS_CLIENT_ID)
                .or(() -> jaas.flatMap(ClientUser::option))
                .map(name -> "user " + LogSafeText.quoted(name))
                .orElseGet(() -> jaas.isPresent()
                        ? "the user of kafka.client.sasl.jaas.config"
                        : "the user of the JAAS file (java.security.auth.login.config)");
    }

    private static Optional<String> option(String jaas) {
        return OPTION.matcher(jaas)
                .results()
                .filter(option -> NAMES.contains(option.group(1)))
                .map(option -> Stream.of(option.group(2), option.group(3), option.group(4))
                        .filter(Objects::nonNull)
                        .collect(Collectors.joining()))
                .findFirst();
    }

    private static String ofCertificate(Map<String, Object> properties) {
        if (properties.containsKey(SslConfigs.SSL_KEYSTORE_CERTIFICATE_CHAIN_CONFIG)) {
            return "the client certificate of kafka.client.ssl.keystore.certificate.chain";
        }
        return text(properties, SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG)
                .map(file -> "the client certificate in " + LogSafeText.message(file))
                .orElse("user 'ANONYMOUS', which does not log in");
    }

    private static Optional<String> text(Map<String, Object> properties, String name) {
        return Optional.ofNullable(properties.get(name)).map(Object::toString);
    }
}
