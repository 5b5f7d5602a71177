// SPDX-License-Identifier: Apache-2.0
package io.flafka.dist;

import io.flafka.testing.security.Identity;
import io.flafka.testing.security.Secrets;
import io.flafka.testing.security.SecuredListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Logins by TLS: which authority a client trusts, and its own certificate. For one thread. */
final class TlsLogins {

    private final SecuredServers servers;
    private final Secrets secrets;
    private final Path trustStore;
    private final String trustPassword;
    private final Path trustPem;

    TlsLogins(SecuredServers servers) {
        this.servers = servers;
        this.secrets = servers.secrets();
        this.trustPassword = secrets.newPassword("password of the trust store");
        this.trustStore = servers.authority().writeTrustStore(file("trust.p12"), trustPassword);
        this.trustPem = write("trust.pem", servers.authority().pem());
    }

    /** Returns a flow for each way to log in. */
    List<SecuredFlow> flows() {
        return List.of(
                SecuredFlow.of(
                        "tls-pkcs12",
                        "TLS, PKCS12",
                        trusting(Login.at(servers.broker(), SecuredListener.TLS, Login.NOBODY))),
                SecuredFlow.of(
                        "tls-pem",
                        "TLS, PEM file",
                        server().with("ssl.truststore.type", "PEM")
                                .with("ssl.truststore.location", trustPem.toString())),
                SecuredFlow.of(
                        "tls-inline",
                        "TLS, PEM in the agent file",
                        server().with("ssl.truststore.type", "PEM")
                                .with(
                                        "ssl.truststore.certificates",
                                        servers.authority().pem())),
                SecuredFlow.of("mtls-pkcs12", "mutual TLS, PKCS12", pkcs12("mtls-pkcs12")),
                SecuredFlow.of("mtls-pem", "mutual TLS, PEM files", pemFiles("mtls-pem")),
                SecuredFlow.of("mtls-inline", "mutual TLS, PEM in the agent file", inline("mtls-inline")));
    }

    /** Returns a flow whose stores are those of the whole agent. It needs {@link #agentEnvironment}. */
    SecuredFlow agentFlow(Identity agent) {
        return SecuredFlow.of(
                "agent-tls",
                "mutual TLS, the agent's stores (`FLUME_SSL_…`)",
                Login.at(servers.broker(), SecuredListener.MUTUAL_TLS, agent.principal()));
    }

    /** Returns Flume's variables for an agent's TLS stores. */
    Map<String, String> agentEnvironment(Identity agent, String password) {
        return Map.of(
                "FLUME_SSL_KEYSTORE_PATH",
                agent.writeKeyStore(file("agent.p12"), password).toString(),
                "FLUME_SSL_KEYSTORE_PASSWORD",
                password,
                "FLUME_SSL_KEYSTORE_TYPE",
                "PKCS12",
                "FLUME_SSL_TRUSTSTORE_PATH",
                trustStore.toString(),
                "FLUME_SSL_TRUSTSTORE_PASSWORD",
                trustPassword,
                "FLUME_SSL_TRUSTSTORE_TYPE",
                "PKCS12");
    }

    /** Adds the trust store. */
    Login trusting(Login login) {
        return login.with("ssl.truststore.location", trustStore.toString())
                .with("ssl.truststore.type", "PKCS12")
                .with("ssl.truststore.password", trustPassword);
    }

    private Login server() {
        return Login.at(servers.broker(), SecuredListener.TLS, Login.NOBODY);
    }

    private Login pkcs12(String name) {
        Identity client = client(name);
        String password = secrets.newPassword("password of the key store");
        return trusting(Login.at(servers.broker(), SecuredListener.MUTUAL_TLS, client.principal()))
                .with(
                        "ssl.keystore.location",
                        client.writeKeyStore(file(name + ".p12"), password).toString())
                .with("ssl.keystore.type", "PKCS12")
                .with("ssl.keystore.password", password);
    }

    /** Kafka reads the key and the certificates from one file. */
    private Login pemFiles(String name) {
        Identity client = client(name);
        return Login.at(servers.broker(), SecuredListener.MUTUAL_TLS, client.principal())
                .with("ssl.truststore.type", "PEM")
                .with("ssl.truststore.location", trustPem.toString())
                .with("ssl.keystore.type", "PEM")
                .with(
                        "ssl.keystore.location",
                        write(name + ".pem", client.keyPem() + client.chainPem())
                                .toString());
    }

    private Login inline(String name) {
        Identity client = client(name);
        String password = secrets.newPassword("password of the encrypted key");
        String key = client.encryptedKeyPem(password);
        secrets.addPem("encrypted key", key);
        return Login.at(servers.broker(), SecuredListener.MUTUAL_TLS, client.principal())
                .with("ssl.truststore.type", "PEM")
                .with("ssl.truststore.certificates", servers.authority().pem())
                .with("ssl.keystore.type", "PEM")
                .with("ssl.keystore.certificate.chain", client.chainPem())
                .with("ssl.keystore.key", key)
                .with("ssl.key.password", password);
    }

    /** Returns a new client with a certificate. Its key is a secret. */
    Identity client(String name) {
        Identity client = servers.authority().issue(name);
        secrets.addPem("key of " + name, client.keyPem());
        return client;
    }

    private Path write(String name, String text) {
        try {
            return Files.writeString(file(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path file(String name) {
        return servers.directory().resolve(name);
    }
}
