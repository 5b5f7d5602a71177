// SPDX-License-Identifier: Apache-2.0
package io.flafka.client;

import io.flafka.failure.FailureReason;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.SaslConfigs;

/**
 * Explains why a client with OAUTHBEARER gets no token. Kafka's client asks for the token when it is created, and its messages name neither the endpoint nor
 * the properties to check. Stateless.
 */
final class TokenFailure {

    private static final String MECHANISM = "OAUTHBEARER";
    private static final String ALLOWED_URLS = "org.apache.kafka.sasl.oauthbearer.allowed.urls";
    private static final String CREDENTIALS = "kafka.client.sasl.oauthbearer.client.credentials.client.";
    /** A part of Kafka's message if the endpoint has answered with an error. */
    private static final String REFUSED = "error response";

    /** Packages of Java's exceptions for a connection that fails. */
    private static final List<String> NO_CONNECTION = List.of("java.net.", "javax.net.", "java.io.");

    private TokenFailure() {}

    /**
     * Returns the reason, if the failure is one of the token endpoint.
     *
     * @param properties the client's properties
     */
    static Optional<String> in(Throwable failure, Map<String, Object> properties) {
        Object endpoint = properties.get(SaslConfigs.SASL_OAUTHBEARER_TOKEN_ENDPOINT_URL);
        if (endpoint == null || !MECHANISM.equals(properties.get(SaslConfigs.SASL_MECHANISM))) {
            return Optional.empty();
        }
        String reason = FailureReason.deepest(failure);
        if (reason.contains(ALLOWED_URLS)) {
            return Optional.of(
                    "this agent may not ask the token endpoint %s: add it to the list in -D%s=... of JAVA_OPTS in conf/flume-env.sh, then restart the agent"
                            .formatted(endpoint, ALLOWED_URLS));
        }
        if (reason.contains(REFUSED)) {
            return Optional.of(
                    "the token endpoint %s rejects the client (%s); check %sid and %ssecret, or those in kafka.client.sasl.jaas.config"
                            .formatted(endpoint, reason, CREDENTIALS, CREDENTIALS));
        }
        return NO_CONNECTION.stream().anyMatch(reason::contains)
                ? Optional.of(
                        "no answer from the token endpoint %s (%s); check kafka.client.sasl.oauthbearer.token.endpoint.url"
                                .formatted(endpoint, reason))
                : Optional.empty();
    }
}
