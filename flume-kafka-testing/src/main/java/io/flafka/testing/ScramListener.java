// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialAlteration;
import org.apache.kafka.clients.admin.UserScramCredentialDeletion;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.awaitility.Awaitility;

/**
 * A second listener of a broker, where clients log in with a name and a password (SCRAM). Users can be added and
 * removed while it runs. Clients must log in again every few seconds, so a removed user loses its connections. For one
 * thread.
 */
public final class ScramListener {

    private static final String PROTOCOL = "SASL_PLAINTEXT";
    private static final String MECHANISM = "SCRAM-SHA-256";
    private static final String PASSWORD = "correct horse";
    private static final int ITERATIONS = 4096;
    /** The longest time that a connection lives without another login. */
    private static final int SESSION_MILLIS = 2000;

    private final int port = FreePort.find();

    /** Returns the {@code bootstrap.servers} of a client. */
    public String bootstrapServers() {
        return NodeProperties.bootstrap(port);
    }

    /** Returns the longest time that a connection lives without another login. */
    public Duration sessionLifetime() {
        return Duration.ofMillis(SESSION_MILLIS);
    }

    Map<String, String> serverProperties() {
        String prefix = "listener.name." + PROTOCOL.toLowerCase(Locale.ROOT) + ".";
        Map<String, String> properties = new TreeMap<>();
        properties.put(NodeProperties.listener(PROTOCOL), Integer.toString(port));
        properties.put(prefix + "sasl.enabled.mechanisms", MECHANISM);
        properties.put(
                prefix + "scram-sha-256.sasl.jaas.config",
                "org.apache.kafka.common.security.scram.ScramLoginModule required;");
        properties.put(prefix + "scram-sha-256.connections.max.reauth.ms", Integer.toString(SESSION_MILLIS));
        // A rejected client gets its answer without delay.
        properties.put("connection.failed.authentication.delay.ms", "0");
        return properties;
    }

    /** Returns a client's settings: Kafka's names, each after {@code prefix}. */
    public Map<String, String> clientProperties(String prefix, String user) {
        return Map.of(
                prefix + "security.protocol",
                PROTOCOL,
                prefix + "sasl.mechanism",
                MECHANISM,
                prefix + "sasl.jaas.config",
                "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"%s\" password=\"%s\";"
                        .formatted(user, PASSWORD));
    }

    /** Adds a user. The broker's other listener must accept clients without a login. */
    public void addUser(KafkaCluster cluster, String user) {
        alter(
                cluster,
                new UserScramCredentialUpsertion(
                        user, new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_256, ITERATIONS), PASSWORD));
    }

    /** Removes a user. Its clients' connections close within the session's lifetime. */
    public void removeUser(KafkaCluster cluster, String user) {
        alter(cluster, new UserScramCredentialDeletion(user, ScramMechanism.SCRAM_SHA_256));
    }

    /** Returns a fault: the client's user does not exist until the repair. */
    public AccessFault missingUser(KafkaCluster cluster) {
        return new MissingUser(this, cluster, "u-" + UUID.randomUUID());
    }

    private record MissingUser(ScramListener listener, KafkaCluster cluster, String user) implements AccessFault {

        @Override
        public String bootstrapServers() {
            return listener.bootstrapServers();
        }

        @Override
        public Map<String, String> clientProperties(String prefix) {
            return listener.clientProperties(prefix, user);
        }

        @Override
        public void begin() {
            // Only an existing user can be removed.
            listener.addUser(cluster, user);
            listener.removeUser(cluster, user);
        }

        /** An idle client does not log in again, so the broker rejects it only when it sends its next record. */
        @Override
        public void closeConnections() {
            Awaitility.await().pollDelay(listener.sessionLifetime()).until(() -> true);
        }

        @Override
        public void repair() {
            listener.addUser(cluster, user);
        }

        @Override
        public String toString() {
            return "the user does not exist";
        }
    }

    private void alter(KafkaCluster cluster, UserScramCredentialAlteration change) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()))) {
            BrokerAnswer.of(admin.alterUserScramCredentials(List.of(change)).all());
        }
        // Kafka answers before the broker applies the change.
        Awaitility.await("SCRAM user " + change.user())
                .until(() -> mayLogIn(change.user()) == change instanceof UserScramCredentialUpsertion);
    }

    private boolean mayLogIn(String user) {
        Map<String, Object> client = new HashMap<>(clientProperties("", user));
        client.put("bootstrap.servers", bootstrapServers());
        try (Admin admin = Admin.create(client)) {
            BrokerAnswer.of(admin.describeCluster().nodes());
            return true;
        } catch (IllegalStateException refused) {
            if (refused.getCause() instanceof ExecutionException answer
                    && answer.getCause() instanceof SaslAuthenticationException) {
                return false;
            }
            throw refused;
        }
    }
}
