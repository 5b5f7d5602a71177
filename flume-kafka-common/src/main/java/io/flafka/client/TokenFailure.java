// SPDX-License-Identifier: Apache-2.0
package io.flafka.client;

import io.flafka.failure.FailureReason;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.security.auth.login.LoginException;
import org.apache.kafka.common.config.SaslConfigs;

/**
 * Explains why a client with OAUTHBEARER gets no token. Kafka's client asks for the token when it is created, and its messages name neither the endpoint nor
 * the properties to check. Stateless.
 */
final class TokenFailure {

    private static final String ALLOWED_URLS = "org.apache.kafka.sasl.oauthbearer.allowed.urls";
    private static final String CREDENTIALS = "kafka.client.sasl.oauthbearer.client.credentials.client.";
    /** A part of Kafka's message if the endpoint has answered with an error. */
    private static final String REFUSED = "error response";

    private TokenFailure() {}

    /**
     * Returns the reason, if the failure is one of the token endpoint.
     *
     * @param properties the client's properties
     */
    static Optional<String> in(Throwable failure, Map<String, Object> properties) {
        Object endpoint = properties.get(SaslConfigs.SASL_OAUTHBEARER_TOKEN_ENDPOINT_URL);
        if (endpoint == null) {
            return Optional.empty();
        }
        String reason = FailureReason.deepest(failure);
        if (reason.contains(ALLOWED_URLS)) {
            return Optional.of(
                    "this agent may not ask the token endpoint %s: add -D%s=%s to JAVA_OPTS in conf/flume-env.sh, then restart the agent"
                            .formatted(endpoint, ALLOWED_URLS, endpoint));
        }
        boolean isOfLogin = Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .anyMatch(LoginException.class::isInstance);
        if (!isOfLogin) {
            return Optional.empty();
        }
        String check = reason.contains(REFUSED)
                ? "; check %sid and %ssecret".formatted(CREDENTIALS, CREDENTIALS)
                : "; check kafka.client.sasl.oauthbearer.token.endpoint.url";
        return Optional.of("no token from the token endpoint %s (%s)%s".formatted(endpoint, reason, check));
    }
}
