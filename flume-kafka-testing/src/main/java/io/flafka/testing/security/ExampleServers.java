// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.security;

import io.flafka.testing.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.ScramMechanism;

/**
 * The servers for the agents of {@code examples/secured}: a broker that enforces logins and rights, and an OAuth server,
 * both on loopback. They have the topics, users, certificates and ACLs that the READMEs tell an operator to create.
 * For one thread.
 */
public final class ExampleServers implements AutoCloseable {

    /** The topic between Kafka sink and Kafka source. */
    public static final String LINES = "flume-lines";
    /** The topic of the Kafka channel. */
    public static final String CHANNEL = "flume-channel";

    private static final String ALLOWED_URLS = "org.apache.kafka.sasl.oauthbearer.allowed.urls";

    private final Path directory;
    private final CertificateAuthority authority;
    private final String secret;
    private final TokenEndpoint tokens;
    private final SecuredBroker broker;
    private final int netcatPort = FreePort.find();

    private ExampleServers(Path directory) {
        this.directory = directory;
        this.authority = CertificateAuthority.createIn(directory);
        this.secret = new Secrets().newPassword("secret of the agent");
        this.tokens = TokenEndpoint.start(Map.of(ExampleLogin.OAUTHBEARER.user(), secret));
        try {
            this.broker = SecuredBroker.startWithoutKerberos(authority, Map.of(), tokens);
        } catch (RuntimeException | Error e) {
            tokens.close();
            throw e;
        }
    }

    /**
     * Starts them and waits until they serve clients.
     *
     * @param directory an empty directory, in which agents find their certificates
     */
    public static ExampleServers startIn(Path directory) {
        ExampleServers servers = new ExampleServers(directory);
        try {
            servers.prepare();
            return servers;
        } catch (RuntimeException | Error e) {
            servers.close();
            throw e;
        }
    }

    /** Returns the port on which the agent's netcat source is to listen. */
    public int netcatPort() {
        return netcatPort;
    }

    /** Returns the {@code bootstrap.servers} of an agent with this login. */
    public String bootstrapServers(ExampleLogin login) {
        return broker.bootstrapServers(login.listener());
    }

    /** Returns what the broker's authorizer has decided so far. */
    public Set<Access> accesses() {
        return broker.accesses();
    }

    /** Returns the text of an agent's {@code conf/flume-env.sh}: addresses, files and secrets. */
    public String flumeEnv(ExampleLogin login) {
        Map<String, String> variables = new TreeMap<>(Map.of(
                "NETCAT_PORT", Integer.toString(netcatPort),
                "KAFKA_BROKERS", bootstrapServers(login),
                "KAFKA_CA_FILE", file("ca.pem")));
        variables.putAll(
                switch (login) {
                    case SCRAM -> Map.of("KAFKA_PASSWORD", secret);
                    case MUTUAL_TLS -> Map.of("KAFKA_CLIENT_FILE", file("client.pem"), "KAFKA_KEY_PASSWORD", secret);
                    case OAUTHBEARER -> Map.of("KAFKA_TOKEN_URL", tokens.tokenUrl(), "KAFKA_CLIENT_SECRET", secret);
                });
        String exports = variables.entrySet().stream()
                .map(variable -> "export %s='%s'%n".formatted(variable.getKey(), variable.getValue()))
                .collect(Collectors.joining());
        return login == ExampleLogin.OAUTHBEARER
                ? exports + "JAVA_OPTS=\"${JAVA_OPTS-} -D" + ALLOWED_URLS + "=" + tokens.tokenUrl() + "\"\n"
                : exports;
    }

    private void prepare() {
        Identity client = authority.issue("flume");
        write("ca.pem", authority.pem());
        write("client.pem", client.encryptedKeyPem(secret) + client.chainPem());
        broker.createTopics(List.of(LINES, CHANNEL));
        broker.addScramUser(ScramMechanism.SCRAM_SHA_512, ExampleLogin.SCRAM.user(), secret);
        for (ExampleLogin login : ExampleLogin.values()) {
            broker.allow(
                    login.principal(),
                    Set.of(
                            Right.readTopic(LINES),
                            Right.writeTopic(LINES),
                            Right.readTopic(CHANNEL),
                            Right.writeTopic(CHANNEL),
                            Right.readGroup("flume-lines-reader"),
                            Right.readGroup("flume-channel-reader")));
        }
    }

    private void write(String name, String text) {
        try {
            Files.writeString(directory.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String file(String name) {
        return directory.resolve(name).toString();
    }

    @Override
    public void close() {
        broker.close();
        tokens.close();
    }
}
