// SPDX-License-Identifier: Apache-2.0
package io.flafka.dist;

import io.flafka.dist.AccessFailure.Recovery;
import io.flafka.testing.TlsCertificates;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The failures of TLS and of its files, each with a component of its own that has it.
 *
 * @param servers the ports that refuse
 */
record TlsFailures(RefusingServers servers) {

    /** Returns all of them. */
    List<AccessFailure> all() {
        List<AccessFailure> all = new ArrayList<>(ofServerCertificate());
        all.addAll(ofClientCertificate());
        all.addAll(ofFiles());
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
                AccessFailure.ofSource(
                        "wrong password of a key store",
                        "locked",
                        servers.valid(),
                        anyHost(keyStore(servers.expiredKey().toString(), "wrong-password")),
                        creation.formatted("locked", servers.valid())
                                + "KafkaException: Failed to load SSL keystore " + servers.expiredKey()
                                + " of type PKCS12: keystore password was incorrect; check the file's password:"
                                + " kafka.client.ssl.keystore.password or kafka.client.ssl.truststore.password",
                        Recovery.FILE),
                AccessFailure.ofSource(
                        "file of a key store missing",
                        "lost",
                        servers.valid(),
                        anyHost(keyStore(servers.expiredKey() + ".none", TlsCertificates.PASSWORD)),
                        creation.formatted("lost", servers.valid()) + "java.nio.file.NoSuchFileException: "
                                + servers.expiredKey() + ".none",
                        Recovery.CREATION));
    }

    private static AccessFailure tls(
            String title, String name, String brokers, Map<String, String> properties, String reason) {
        String words = "no TLS connection to kafka.bootstrap.servers=" + brokers + ": " + reason + AccessFailure.FATAL;
        return AccessFailure.ofSource(title, name, brokers, properties, words, Recovery.LOGIN);
    }

    /** Returns the properties of a client that trusts the authority, and these. */
    Map<String, String> trust(Map<String, String> further) {
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
}
