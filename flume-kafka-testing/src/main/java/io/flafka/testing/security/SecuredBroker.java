// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.security;

import io.flafka.testing.BrokerAnswer;
import io.flafka.testing.ClientListener;
import io.flafka.testing.ForkedCluster;
import io.flafka.testing.FreePort;
import io.flafka.testing.Keytool;
import io.flafka.testing.TestDirectory;
import io.flafka.testing.TestTopic;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.config.ConfigResource;

/**
 * A forked broker with one listener per way to log in, and an authorizer. A client has only the rights that the test
 * {@linkplain #allow allows}. Clients without a login may do everything: those of the listener without security, which is for the test itself, and those of
 * {@link SecuredListener#TLS}. {@link #close} deletes its data. For one thread.
 */
public final class SecuredBroker implements AutoCloseable {

    private static final int ITERATIONS = 4096;

    private final TestDirectory directory;
    private final ForkedCluster cluster;
    private final Map<SecuredListener, Integer> ports;
    private final Admin admin;

    private SecuredBroker(TestDirectory directory, ForkedCluster cluster, Map<SecuredListener, Integer> ports) {
        this.directory = directory;
        this.cluster = cluster;
        this.ports = Map.copyOf(ports);
        this.admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()));
    }

    /**
     * Starts it and waits until it serves clients.
     *
     * @param authority signs the broker's certificate; clients with a certificate of it are trusted
     * @param plainUsers the passwords of the users that log in with PLAIN
     * @param tokens issues the tokens that {@link SecuredListener#LOGIN_TLS} accepts
     * @param kdc knows the clients of {@link SecuredListener#KERBEROS}
     */
    public static SecuredBroker start(
            CertificateAuthority authority, Map<String, String> plainUsers, TokenEndpoint tokens, Kdc kdc) {
        ServerProperties properties = new ServerProperties();
        properties.addKerberos(SecuredListener.KERBEROS, kdc);
        return start(authority, plainUsers, tokens, EnumSet.allOf(SecuredListener.class), properties);
    }

    /** Same as {@link #start}, without the listener {@link SecuredListener#KERBEROS}. */
    public static SecuredBroker startWithoutKerberos(
            CertificateAuthority authority, Map<String, String> plainUsers, TokenEndpoint tokens) {
        Set<SecuredListener> listeners = EnumSet.complementOf(EnumSet.of(SecuredListener.KERBEROS));
        return start(authority, plainUsers, tokens, listeners, new ServerProperties());
    }

    private static SecuredBroker start(
            CertificateAuthority authority,
            Map<String, String> plainUsers,
            TokenEndpoint tokens,
            Set<SecuredListener> chosen,
            ServerProperties properties) {
        TestDirectory directory = TestDirectory.create("secured");
        Path keyStore =
                authority.issue("broker").writeKeyStore(directory.path().resolve("broker.p12"), Keytool.PASSWORD);
        Path trustStore = authority.writeTrustStore(directory.path().resolve("trust.p12"), Keytool.PASSWORD);
        Map<SecuredListener, Integer> ports = new EnumMap<>(SecuredListener.class);
        List<ClientListener> listeners = new ArrayList<>();
        for (SecuredListener listener : chosen) {
            int port = FreePort.find();
            ports.put(listener, port);
            listeners.add(new ClientListener(listener.name(), listener.protocol(), port, port));
            if (listener.hasTls()) {
                properties.addTls(listener, keyStore, trustStore);
            }
            if (listener.hasPasswords()) {
                properties.addPasswords(listener, plainUsers);
            }
        }
        properties.addTokens(SecuredListener.LOGIN_TLS, tokens);
        return start(directory, properties, listeners, ports);
    }

    private static SecuredBroker start(
            TestDirectory directory,
            ServerProperties properties,
            List<ClientListener> listeners,
            Map<SecuredListener, Integer> ports) {
        try {
            return new SecuredBroker(directory, ForkedCluster.startOne(properties.properties(), listeners), ports)
                    .logEveryDecision();
        } catch (RuntimeException | Error e) {
            directory.close();
            throw e;
        }
    }

    /** Returns the {@code bootstrap.servers} of a client. */
    public String bootstrapServers(SecuredListener listener) {
        return "127.0.0.1:" + ports.get(listener);
    }

    /** Creates topics with one partition each. */
    public void createTopics(Collection<String> names) {
        BrokerAnswer.of(admin.createTopics(names.stream()
                        .map(name -> new NewTopic(name, 1, (short) 1))
                        .toList())
                .all());
    }

    /** Returns a topic that {@link #createTopics} has created. */
    public TestTopic topic(String name) {
        return new TestTopic(name, 1, cluster.bootstrapServers());
    }

    /** Adds a user that logs in with SCRAM. */
    public void addScramUser(ScramMechanism mechanism, String user, String password) {
        BrokerAnswer.of(admin.alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(
                        user, new ScramCredentialInfo(mechanism, ITERATIONS), password)))
                .all());
    }

    /** Gives rights to a principal, such as {@code User:orders}. */
    public void allow(String principal, Set<Right> rights) {
        BrokerAnswer.of(admin.createAcls(
                        rights.stream().map(right -> right.allowedTo(principal)).toList())
                .all());
    }

    /** Returns what the authorizer has decided so far. */
    public Set<Access> accesses() {
        return Access.in(cluster.brokers().get(0).log());
    }

    private SecuredBroker logEveryDecision() {
        AlterConfigOp debug =
                new AlterConfigOp(new ConfigEntry("kafka.authorizer.logger", "DEBUG"), AlterConfigOp.OpType.SET);
        BrokerAnswer.of(admin.incrementalAlterConfigs(
                        Map.of(new ConfigResource(ConfigResource.Type.BROKER_LOGGER, "0"), List.of(debug)))
                .all());
        return this;
    }

    @Override
    public void close() {
        admin.close();
        cluster.close();
        directory.close();
    }
}
