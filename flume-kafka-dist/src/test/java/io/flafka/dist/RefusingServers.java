// SPDX-License-Identifier: Apache-2.0
package io.flafka.dist;

import io.flafka.testing.AccessRules;
import io.flafka.testing.KafkaBrokerExtension;
import io.flafka.testing.ScramListener;
import io.flafka.testing.TestTopic;
import io.flafka.testing.TlsCertificates;
import io.flafka.testing.security.TokenEndpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** A broker, and ports with TLS, that refuse clients for various reasons. For one thread. */
final class RefusingServers implements AutoCloseable {

    private static final String USER = "app";

    private final KafkaBrokerExtension kafka;
    private final ScramListener scram;
    private final Path trustStore;
    private final Path foreignKey;
    private final Path expiredKey;
    private final TlsPort valid;
    private final TlsPort expired;
    private final TlsPort notYetValid;
    private final TlsPort mutual;
    private final TokenEndpoint tokens = TokenEndpoint.start(Map.of(USER, "secret"));
    private final String topic;
    private final String deniedTopic;
    private final String denied = "denied-" + UUID.randomUUID();

    /**
     * Opens the ports.
     *
     * @param kafka a broker with an authorizer, and with the listener
     */
    RefusingServers(KafkaBrokerExtension kafka, ScramListener scram, Path directory)
            throws GeneralSecurityException, IOException, InterruptedException, ExecutionException {
        this.kafka = kafka;
        this.scram = scram;
        TlsCertificates certificates = TlsCertificates.createIn(directory);
        this.trustStore = certificates.writeTrustStore(directory.resolve("authority.p12"));
        this.expiredKey = certificates.writeKeyOf(TlsCertificates.EXPIRED, directory.resolve("expired.p12"));
        this.foreignKey = TlsCertificates.createIn(Files.createDirectory(directory.resolve("foreign")))
                .writeKeyOf(TlsCertificates.VALID, directory.resolve("foreign.p12"));
        this.valid = new TlsPort(certificates);
        this.expired = new TlsPort(certificates, TlsCertificates.EXPIRED);
        this.notYetValid = new TlsPort(certificates, TlsCertificates.NOT_YET_VALID);
        this.mutual = new TlsPort(certificates).requireClientCertificate();
        TestTopic allowed = kafka.topic();
        this.topic = allowed.name();
        this.deniedTopic = kafka.topic().name();
        scram.addUser(kafka.cluster(), USER);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            AccessRules.add(
                    admin,
                    denial(ResourceType.TOPIC, deniedTopic, PatternType.LITERAL),
                    denial(ResourceType.GROUP, denied, PatternType.LITERAL),
                    denial(ResourceType.TRANSACTIONAL_ID, denied, PatternType.PREFIXED));
        }
    }

    private static AclBinding denial(ResourceType type, String name, PatternType pattern) {
        return new AclBinding(
                new ResourcePattern(type, name, pattern),
                new AccessControlEntry("User:*", "*", AclOperation.ALL, AclPermissionType.DENY));
    }

    /** Returns the broker's address for clients that do not log in. */
    String kafka() {
        return kafka.bootstrapServers();
    }

    /** Returns the broker's address for clients that log in, without TLS. */
    String login() {
        return scram.bootstrapServers();
    }

    /** Returns the properties with which a component logs in as {@code app}. */
    Map<String, String> appLogin() {
        return scram.clientProperties("kafka.client.", USER);
    }

    /** Returns a port with a certificate of the authority, for another host. */
    String valid() {
        return valid.address();
    }

    /** Returns a port with an expired certificate. */
    String expired() {
        return expired.address();
    }

    /** Returns a port with a certificate that is not valid yet. */
    String notYetValid() {
        return notYetValid.address();
    }

    /** Returns a port that requires a client certificate of the authority. */
    String mutual() {
        return mutual.address();
    }

    /** Returns the URL at which {@code app} gets a token for its secret. */
    String tokenUrl() {
        return tokens.tokenUrl();
    }

    /** Returns a trust store with the authority. */
    Path trustStore() {
        return trustStore;
    }

    /** Returns a key store with a certificate of another authority. */
    Path foreignKey() {
        return foreignKey;
    }

    /** Returns a key store with an expired certificate of the authority. */
    Path expiredKey() {
        return expiredKey;
    }

    /** Returns a topic that everyone may use. */
    String topic() {
        return topic;
    }

    /** Returns a topic that nobody may use. */
    String deniedTopic() {
        return deniedTopic;
    }

    /** Returns a group that nobody may use. */
    String deniedGroup() {
        return denied;
    }

    /** Returns the beginning of transactional ids that nobody may use. */
    String deniedId() {
        return denied;
    }

    @Override
    public void close() {
        List.of(valid, expired, notYetValid, mutual).forEach(TlsPort::close);
        tokens.close();
    }
}
