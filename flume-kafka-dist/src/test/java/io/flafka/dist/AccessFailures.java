// SPDX-License-Identifier: Apache-2.0
package io.flafka.dist;

import io.flafka.dist.AccessFailure.Recovery;
import io.flafka.testing.TlsCertificates;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * All failures of access, each with a component of its own that has it.
 *
 * @param servers the brokers and ports that refuse
 */
record AccessFailures(RefusingServers servers) {

    private static final String AUTHENTICATION = "; operator action required; retrying";
    private static final String PLAIN = "org.apache.kafka.common.security.plain.PlainLoginModule";
    private static final String SCRAM = "org.apache.kafka.common.security.scram.ScramLoginModule";
    private static final String ANONYMOUS = "user 'ANONYMOUS', which does not log in (PLAINTEXT)";

    /** Returns all of them. */
    List<AccessFailure> all() {
        List<AccessFailure> all = new ArrayList<>(ofServerCertificate());
        all.addAll(ofClientCertificate());
        all.addAll(ofFiles());
        all.addAll(ofPort());
        all.addAll(ofLogin());
        all.addAll(ofRights());
        return all;
    }

    private List<AccessFailure> ofServerCertificate() {
        return List.of(
                tls(
                        "unknown authority",
                        "untrusted",
                        servers.valid(),
                        Map.of("kafka.client.security.protocol", "SSL"),
                        "this client does not trust the broker's certificate: no authority in its trust store has signed it (…);"
                                + " add the authority's certificate to the file of kafka.client.ssl.truststore.location"),
                tls(
                        "the broker's certificate has expired",
                        "expired",
                        servers.expired(),
                        anyHost(Map.of()),
                        "the broker's certificate, or the certificate of an authority that signed it, has expired (NotAfter: …); renew it"),
                tls(
                        "the broker's certificate is not valid yet",
                        "early",
                        servers.notYetValid(),
                        anyHost(Map.of()),
                        "the broker's certificate, or the certificate of an authority that signed it, is not valid yet (NotBefore: …);"
                                + " check the clocks of the broker and of this host"),
                tls(
                        "the broker's certificate is for another host",
                        "stranger",
                        servers.valid(),
                        trust(Map.of()),
                        "the broker's certificate is not for the host '127.0.0.1' that this client connects to (…); use a host name of"
                                + " the certificate in kafka.bootstrap.servers and in the brokers' advertised.listeners, or set"
                                + " kafka.client.ssl.disableTLSHostnameVerification = true"));
    }

    private List<AccessFailure> ofClientCertificate() {
        String rejects = "the broker rejects this client's certificate, or requires one and got none (…); check"
                + " kafka.client.ssl.keystore.location, that its certificate has not expired, and that the brokers trust it";
        return List.of(
                tls("client certificate missing", "bare", servers.mutual(), anyHost(Map.of()), rejects),
                tls(
                        "client certificate of an unknown authority",
                        "foreign",
                        servers.mutual(),
                        anyHost(keyStore(servers.foreignKey().toString(), TlsCertificates.PASSWORD)),
                        rejects),
                tls(
                        "client certificate expired",
                        "old",
                        servers.mutual(),
                        anyHost(keyStore(servers.expiredKey().toString(), TlsCertificates.PASSWORD)),
                        rejects));
    }

    private List<AccessFailure> ofFiles() {
        String creation =
                "the Kafka consumer flafka-a-%s for kafka.bootstrap.servers=%s with security.protocol=SSL cannot be created: ";
        return List.of(
                source(
                        "wrong password of a key store",
                        "locked",
                        servers.valid(),
                        anyHost(keyStore(servers.expiredKey().toString(), "wrong-password")),
                        creation.formatted("locked", servers.valid())
                                + "KafkaException: Failed to load SSL keystore " + servers.expiredKey()
                                + " of type PKCS12: keystore password was incorrect; check the file's password:"
                                + " kafka.client.ssl.keystore.password or kafka.client.ssl.truststore.password",
                        Recovery.FILE),
                source(
                        "file of a key store missing",
                        "lost",
                        servers.valid(),
                        anyHost(keyStore(servers.expiredKey() + ".none", TlsCertificates.PASSWORD)),
                        creation.formatted("lost", servers.valid()) + "java.nio.file.NoSuchFileException: "
                                + servers.expiredKey() + ".none",
                        Recovery.CREATION));
    }

    private List<AccessFailure> ofPort() {
        String withoutTls = servers.kafka();
        return List.of(
                source(
                        "client without TLS, port with TLS",
                        "plain",
                        servers.valid(),
                        Map.of(),
                        servers.valid()
                                + " speaks TLS, and this client has security.protocol = PLAINTEXT: set kafka.client.security.protocol"
                                + " = SSL, or SASL_SSL if clients must log in",
                        Recovery.FILE),
                source(
                        "client with TLS, port without TLS",
                        "secret",
                        withoutTls,
                        trust(Map.of()),
                        "no answer from kafka.bootstrap.servers=" + withoutTls
                                + " with security.protocol=SSL (…); a port without TLS, or with a login, would not answer either",
                        Recovery.FILE),
                source(
                        "client without login, port with login",
                        "nameless",
                        servers.login(),
                        Map.of(),
                        servers.login()
                                + " requires a login, and this client has security.protocol = PLAINTEXT: set"
                                + " kafka.client.security.protocol = SASL_PLAINTEXT, kafka.client.sasl.mechanism and"
                                + " kafka.client.sasl.jaas.config",
                        Recovery.FILE),
                source(
                        "client with login, port without login",
                        "named",
                        withoutTls,
                        login(SCRAM, "SCRAM-SHA-256", "app", "x"),
                        "kafka.bootstrap.servers=" + withoutTls
                                + " has no login, but this client logs in as user 'app' (SASL_PLAINTEXT, SCRAM-SHA-256) (…); use the"
                                + " brokers' port with a login, or set kafka.client.security.protocol = SSL, or PLAINTEXT"
                                + AUTHENTICATION,
                        Recovery.FILE),
                source(
                        "no broker at the address",
                        "nobody",
                        "127.0.0.1:1",
                        Map.of(),
                        "no answer from kafka.bootstrap.servers=127.0.0.1:1 (…); retrying",
                        Recovery.ANSWER),
                source(
                        "host name unknown",
                        "nowhere",
                        "kafka.invalid:9092",
                        Map.of(),
                        "the Kafka consumer flafka-a-nowhere for kafka.bootstrap.servers=kafka.invalid:9092 cannot be created: …",
                        Recovery.CREATION));
    }

    private List<AccessFailure> ofLogin() {
        return List.of(
                source(
                        "unknown user, or wrong password",
                        "unknown",
                        servers.login(),
                        login(SCRAM, "SCRAM-SHA-256", "mallory", "x"),
                        "kafka.bootstrap.servers=" + servers.login()
                                + " rejects the login of user 'mallory' (SASL_PLAINTEXT, SCRAM-SHA-256) (SaslAuthenticationException:"
                                + " …); check kafka.client.sasl.jaas.config, and that the brokers know this user"
                                + AUTHENTICATION,
                        Recovery.LOGIN),
                source(
                        "mechanism not enabled",
                        "other",
                        servers.login(),
                        login(PLAIN, "PLAIN", "app", "x"),
                        "kafka.bootstrap.servers=" + servers.login()
                                + " does not accept the mechanism of user 'app' (SASL_PLAINTEXT, PLAIN) (UnsupportedSaslMechanismException:"
                                + " … enabled mechanisms are [SCRAM-SHA-256]); set kafka.client.sasl.mechanism to one that the brokers have"
                                + " enabled" + AUTHENTICATION,
                        Recovery.LOGIN),
                source(
                        "login module without its jar, or misspelt",
                        "misspelt",
                        servers.login(),
                        login("no.such.LoginModule", "PLAIN", "app", "x"),
                        "the Kafka consumer flafka-a-misspelt for kafka.bootstrap.servers=" + servers.login()
                                + " cannot be created: …no.such.LoginModule…",
                        Recovery.FILE));
    }

    private List<AccessFailure> ofRights() {
        String topic = servers.topic();
        String transactionalId = servers.deniedId() + "-sink.a.denied-id.0";
        return List.of(
                source(
                        "topic denied",
                        "denied-topic",
                        servers.login(),
                        topic(servers.deniedTopic(), servers.appLogin()),
                        "TopicAuthorizationException: Not authorized to access topics: [" + servers.deniedTopic()
                                + "]; allow user 'app' (SASL_PLAINTEXT, SCRAM-SHA-256) the ACL operation Read on topic "
                                + servers.deniedTopic() + AUTHENTICATION,
                        Recovery.ACL),
                source(
                        "group denied",
                        "denied-group",
                        servers.login(),
                        group(servers.deniedGroup(), topic(topic, servers.appLogin())),
                        "GroupAuthorizationException: Not authorized to access group: " + servers.deniedGroup()
                                + "; allow user 'app' (SASL_PLAINTEXT, SCRAM-SHA-256) the ACL operation Read on group "
                                + servers.deniedGroup() + AUTHENTICATION,
                        Recovery.ACL),
                sink(
                        "topic denied to a sink",
                        "denied-write",
                        servers.kafka(),
                        Map.of("kafka.topic", servers.deniedTopic()),
                        "TopicAuthorizationException: Not authorized to access topics: [" + servers.deniedTopic()
                                + "]; allow " + ANONYMOUS + " the ACL operation Write on topic "
                                + servers.deniedTopic()),
                sink(
                        "transactional id denied",
                        "denied-id",
                        servers.kafka(),
                        Map.of("kafka.topic", topic, "kafka.producer.transactional.id", servers.deniedId()),
                        ANONYMOUS + " may not use the transactional id " + transactionalId
                                + "; allow it (ACL operation Write on TransactionalId)"
                                + AUTHENTICATION));
    }

    private static AccessFailure tls(
            String title, String name, String brokers, Map<String, String> properties, String reason) {
        String words = "no TLS connection to kafka.bootstrap.servers=" + brokers + ": " + reason + AUTHENTICATION;
        return source(title, name, brokers, properties, words, Recovery.LOGIN);
    }

    private static AccessFailure source(
            String title,
            String name,
            String brokers,
            Map<String, String> properties,
            String words,
            Recovery recovery) {
        Map<String, String> all = new HashMap<>(Map.of("kafka.topics", "t", "batchSize", "100", "channels", "memory"));
        all.put("type", "io.flafka.KafkaSource");
        all.putAll(properties);
        return new AccessFailure(title, "KafkaSource " + name, brokers, all, words, recovery);
    }

    private static AccessFailure sink(
            String title, String name, String brokers, Map<String, String> properties, String words) {
        Map<String, String> all = new HashMap<>(properties);
        all.put("type", "io.flafka.KafkaSink");
        all.put("channel", name);
        return new AccessFailure(title, "KafkaSink " + name, brokers, all, words, Recovery.ACL);
    }

    private Map<String, String> trust(Map<String, String> further) {
        Map<String, String> all = new HashMap<>(further);
        all.put("kafka.client.security.protocol", "SSL");
        all.put("kafka.client.ssl.truststore.location", servers.trustStore().toString());
        all.put("kafka.client.ssl.truststore.password", TlsCertificates.PASSWORD);
        return all;
    }

    private Map<String, String> anyHost(Map<String, String> further) {
        Map<String, String> all = trust(further);
        all.put("kafka.client.ssl.disableTLSHostnameVerification", "true");
        return all;
    }

    private static Map<String, String> keyStore(String file, String password) {
        return Map.of(
                "kafka.client.ssl.keystore.location", file,
                "kafka.client.ssl.keystore.type", "PKCS12",
                "kafka.client.ssl.keystore.password", password,
                "kafka.client.ssl.key.password", password);
    }

    private static Map<String, String> login(String module, String mechanism, String user, String password) {
        return Map.of(
                "kafka.client.security.protocol",
                "SASL_PLAINTEXT",
                "kafka.client.sasl.mechanism",
                mechanism,
                "kafka.client.sasl.jaas.config",
                "%s required username=\"%s\" password=\"%s\";".formatted(module, user, password));
    }

    private static Map<String, String> topic(String topic, Map<String, String> further) {
        Map<String, String> all = new HashMap<>(further);
        all.put("kafka.topics", topic);
        return all;
    }

    private static Map<String, String> group(String group, Map<String, String> further) {
        Map<String, String> all = new HashMap<>(further);
        all.put("kafka.consumer.group.id", group);
        return all;
    }
}
