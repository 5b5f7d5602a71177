// SPDX-License-Identifier: Apache-2.0
package io.flafka.dist;

import io.flafka.dist.AccessFailure.Recovery;
import java.util.List;
import java.util.Map;

/**
 * The failures of a login with OAUTHBEARER before a broker is asked, each with a component of its own that has it.
 *
 * @param servers the servers that refuse
 */
record TokenFailures(RefusingServers servers) {

    private static final String UNREACHABLE = "http://127.0.0.1:1/token";

    private static final String UNLISTED = "http://127.0.0.1:2/token";

    /** Returns all of them. */
    List<AccessFailure> all() {
        return List.of(
                failure(
                        "OAuth: wrong client secret",
                        "secretless",
                        servers.tokenUrl(),
                        "the token endpoint %s rejects the client (… 401 …); check kafka.client.sasl.oauthbearer.client.credentials.client.id and"
                                        .formatted(servers.tokenUrl())
                                + " kafka.client.sasl.oauthbearer.client.credentials.client.secret, or those in kafka.client.sasl.jaas.config"),
                failure(
                        "OAuth: token endpoint not allowed",
                        "unlisted",
                        UNLISTED,
                        "this agent may not ask the token endpoint %s: add it to the list in -Dorg.apache.kafka.sasl.oauthbearer.allowed.urls=... of"
                                        .formatted(UNLISTED)
                                + " JAVA_OPTS in conf/flume-env.sh, then restart the agent",
                        Recovery.RESTART),
                failure(
                        "OAuth: token endpoint does not answer",
                        "silent",
                        UNREACHABLE,
                        "no answer from the token endpoint %s (…Connection refused); check kafka.client.sasl.oauthbearer.token.endpoint.url"
                                .formatted(UNREACHABLE)));
    }

    /** Returns the URLs that the agent may ask for a token: the value of a system property. */
    String allowedUrls() {
        return servers.tokenUrl() + "," + UNREACHABLE;
    }

    private AccessFailure failure(String title, String name, String url, String words) {
        return failure(title, name, url, words, Recovery.CREATION);
    }

    private AccessFailure failure(String title, String name, String url, String words, Recovery recovery) {
        return AccessFailure.ofSource(
                title,
                name,
                servers.login(),
                Map.of(
                        "kafka.client.security.protocol",
                        "SASL_PLAINTEXT",
                        "kafka.client.sasl.mechanism",
                        "OAUTHBEARER",
                        "kafka.client.sasl.jaas.config",
                        "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required;",
                        "kafka.client.sasl.login.callback.handler.class",
                        "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginCallbackHandler",
                        "kafka.client.sasl.oauthbearer.token.endpoint.url",
                        url,
                        "kafka.client.sasl.oauthbearer.client.credentials.client.id",
                        "app",
                        "kafka.client.sasl.oauthbearer.client.credentials.client.secret",
                        "wrong"),
                "the Kafka consumer flafka-a-%s for kafka.bootstrap.servers=%s cannot be created: "
                                .formatted(name, servers.login())
                        + words,
                recovery);
    }
}
