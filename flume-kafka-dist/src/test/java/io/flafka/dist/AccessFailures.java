// SPDX-License-Identifier: Apache-2.0
package io.flafka.dist;

import io.flafka.dist.AccessFailure.Recovery;
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

    private static final String PLAIN = "org.apache.kafka.common.security.plain.PlainLoginModule";
    private static final String SCRAM = "org.apache.kafka.common.security.scram.ScramLoginModule";
    private static final String ANONYMOUS = "user 'ANONYMOUS', which does not log in (PLAINTEXT)";

    /** Returns all of them. */
    List<AccessFailure> all() {
        List<AccessFailure> all = new ArrayList<>(new TlsFailures(servers).all());
        all.addAll(ofPort());
        all.addAll(ofAddress());
        all.addAll(ofLogin());
        all.addAll(new TokenFailures(servers).all());
        all.addAll(ofRights());
        return all;
    }

    private List<AccessFailure> ofPort() {
        String withoutTls = servers.kafka();
        return List.of(
                AccessFailure.ofSource(
                        "client without TLS, port with TLS",
                        "plain",
                        servers.valid(),
                        Map.of(),
                        servers.valid()
                                + " speaks TLS, and this client has security.protocol = PLAINTEXT: set kafka.client.security.protocol"
                                + " = SSL, or SASL_SSL if clients must log in",
                        Recovery.FILE),
                AccessFailure.ofSource(
                        "client with TLS, port without TLS",
                        "secret",
                        withoutTls,
                        new TlsFailures(servers).trust(Map.of()),
                        "no answer from kafka.bootstrap.servers=" + withoutTls
                                + " with security.protocol=SSL (…); a port without TLS, or with a login, would not answer either",
                        Recovery.FILE),
                AccessFailure.ofSource(
                        "client without login, port with login",
                        "nameless",
                        servers.login(),
                        Map.of(),
                        servers.login()
                                + " requires a login, and this client has security.protocol = PLAINTEXT: set"
                                + " kafka.client.security.protocol = SASL_PLAINTEXT, kafka.client.sasl.mechanism and"
                                + " kafka.client.sasl.jaas.config",
                        Recovery.FILE));
    }

    private List<AccessFailure> ofAddress() {
        return List.of(
                AccessFailure.ofSource(
                        "client with login, port without login",
                        "named",
                        servers.kafka(),
                        login(SCRAM, "SCRAM-SHA-256", "app", "x"),
                        "kafka.bootstrap.servers=" + servers.kafka()
                                + " has no login, but this client logs in as user 'app' (SASL_PLAINTEXT, SCRAM-SHA-256) (…); use the"
                                + " brokers' port with a login, or set kafka.client.security.protocol = SSL, or PLAINTEXT"
                                + AccessFailure.FATAL,
                        Recovery.FILE),
                AccessFailure.ofSource(
                        "no broker at the address",
                        "nobody",
                        "127.0.0.1:1",
                        Map.of(),
                        "no answer from kafka.bootstrap.servers=127.0.0.1:1 (…); retrying",
                        Recovery.ANSWER),
                AccessFailure.ofSource(
                        "host name unknown",
                        "nowhere",
                        "kafka.invalid:9092",
                        Map.of(),
                        "the Kafka consumer flafka-a-nowhere for kafka.bootstrap.servers=kafka.invalid:9092 cannot be created: …",
                        Recovery.CREATION));
    }

    private List<AccessFailure> ofLogin() {
        return List.of(
                AccessFailure.ofSource(
                        "unknown user, or wrong password",
                        "unknown",
                        servers.login(),
                        login(SCRAM, "SCRAM-SHA-256", "mallory", "x"),
                        "kafka.bootstrap.servers=" + servers.login()
                                + " rejects the login of user 'mallory' (SASL_PLAINTEXT, SCRAM-SHA-256) (SaslAuthenticationException:"
                                + " …); check kafka.client.sasl.jaas.config, and that the brokers know this user"
                                + AccessFailure.FATAL,
                        Recovery.LOGIN),
                AccessFailure.ofSource(
                        "mechanism not enabled",
                        "other",
                        servers.login(),
                        login(PLAIN, "PLAIN", "app", "x"),
                        "kafka.bootstrap.servers=" + servers.login()
                                + " does not accept the mechanism of user 'app' (SASL_PLAINTEXT, PLAIN) (UnsupportedSaslMechanismException:"
                                + " … enabled mechanisms are [SCRAM-SHA-256]); set kafka.client.sasl.mechanism to one that the brokers have"
                                + " enabled" + AccessFailure.FATAL,
                        Recovery.LOGIN),
                AccessFailure.ofSource(
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
                AccessFailure.ofSource(
                        "topic denied",
                        "denied-topic",
                        servers.login(),
                        topic(servers.deniedTopic(), servers.appLogin()),
                        "TopicAuthorizationException: Not authorized to access topics: [" + servers.deniedTopic()
                                + "]; allow user 'app' (SASL_PLAINTEXT, SCRAM-SHA-256) the ACL operation Read on topic "
                                + servers.deniedTopic() + AccessFailure.FATAL,
                        Recovery.ACL),
                AccessFailure.ofSource(
                        "group denied",
                        "denied-group",
                        servers.login(),
                        group(servers.deniedGroup(), topic(topic, servers.appLogin())),
                        "GroupAuthorizationException: Not authorized to access group: " + servers.deniedGroup()
                                + "; allow user 'app' (SASL_PLAINTEXT, SCRAM-SHA-256) the ACL operation Read on group "
                                + servers.deniedGroup() + AccessFailure.FATAL,
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
                                + AccessFailure.FATAL));
    }

    private static AccessFailure sink(
            String title, String name, String brokers, Map<String, String> properties, String words) {
        Map<String, String> all = new HashMap<>(properties);
        all.put("type", "io.flafka.KafkaSink");
        all.put("channel", name);
        return new AccessFailure(title, "KafkaSink " + name, brokers, all, words, Recovery.ACL);
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
