// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.awaitility.Awaitility;

/**
 * A second listener of a broker, with TLS. At first its certificate is one that clients do not trust. Its files are in
 * a directory that {@link #close} deletes. For one thread.
 */
public final class TlsListener implements AutoCloseable {

    private static final String PROTOCOL = "SSL";
    private static final String LISTENER_PREFIX = "listener.name.ssl.";
    private static final int TIMEOUT_SECONDS = 30;
    private static final int HANDSHAKES = 4;

    private final int port = FreePort.find();
    private final TestDirectory directory = TestDirectory.create("tls");
    private final Path untrusted = newKeystore("untrusted.p12");
    private final Path valid = newKeystore("valid.p12");
    private final Path installed = directory.path().resolve("broker.p12");
    private final Path trustStore = trustStoreFor(valid);

    /** Starts with the untrusted certificate. */
    public TlsListener() {
        install(untrusted);
    }

    /** Returns the {@code bootstrap.servers} of a client. */
    public String bootstrapServers() {
        return NodeProperties.bootstrap(port);
    }

    Map<String, String> serverProperties() {
        Map<String, String> properties = new TreeMap<>();
        properties.put(NodeProperties.listener(PROTOCOL), Integer.toString(port));
        properties.put(LISTENER_PREFIX + "ssl.keystore.location", installed.toString());
        properties.put(LISTENER_PREFIX + "ssl.keystore.type", Keytool.TYPE);
        properties.put(LISTENER_PREFIX + "ssl.keystore.password", Keytool.PASSWORD);
        properties.put(LISTENER_PREFIX + "ssl.key.password", Keytool.PASSWORD);
        // A rejected client gets its answer without delay.
        properties.put("connection.failed.authentication.delay.ms", "0");
        return properties;
    }

    /**
     * Returns a client's settings: Kafka's names, each after {@code prefix}. The client trusts only the trusted
     * certificate.
     */
    public Map<String, String> clientProperties(String prefix) {
        return Map.of(
                prefix + "security.protocol",
                PROTOCOL,
                prefix + "ssl.truststore.location",
                trustStore.toString(),
                prefix + "ssl.truststore.type",
                Keytool.TYPE,
                prefix + "ssl.truststore.password",
                Keytool.PASSWORD);
    }

    /** Makes the listener show the certificate that clients trust. */
    public void showTrusted(KafkaCluster cluster) {
        install(valid);
        reload(cluster);
        awaitShown(true);
    }

    /** Makes the listener show the certificate that clients do not trust. Open connections stay. */
    public void showUntrusted(KafkaCluster cluster) {
        install(untrusted);
        reload(cluster);
        awaitShown(false);
    }

    /** Returns a fault: clients do not trust the certificate until the repair. */
    public AccessFault untrustedCertificate(KafkaCluster cluster, KafkaBroker broker) {
        return new UntrustedCertificate(this, cluster, broker);
    }

    private record UntrustedCertificate(TlsListener listener, KafkaCluster cluster, KafkaBroker broker)
            implements AccessFault {

        @Override
        public String bootstrapServers() {
            return listener.bootstrapServers();
        }

        @Override
        public Map<String, String> clientProperties(String prefix) {
            return listener.clientProperties(prefix);
        }

        @Override
        public void begin() {
            listener.showUntrusted(cluster);
        }

        @Override
        public void closeConnections() {
            broker.kill();
            broker.restart();
        }

        @Override
        public void repair() {
            listener.showTrusted(cluster);
        }

        @Override
        public String toString() {
            return "the certificate is not trusted";
        }
    }

    private void install(Path keystore) {
        try {
            Files.copy(keystore, installed, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The broker reads its keystore again when the setting is sent again, even with the same value. */
    private void reload(KafkaCluster cluster) {
        ConfigResource broker = new ConfigResource(ConfigResource.Type.BROKER, "0");
        AlterConfigOp again = new AlterConfigOp(
                new ConfigEntry(LISTENER_PREFIX + "ssl.keystore.location", installed.toString()),
                AlterConfigOp.OpType.SET);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()))) {
            BrokerAnswer.of(admin.incrementalAlterConfigs(Map.of(broker, List.of(again)))
                    .all());
        }
    }

    /** The broker's network threads switch to the new certificate one after the other. */
    private void awaitShown(boolean isTrusted) {
        for (int i = 0; i < HANDSHAKES; i++) {
            Awaitility.await("the certificate at port " + port)
                    .atMost(Duration.ofSeconds(TIMEOUT_SECONDS))
                    .pollDelay(Duration.ZERO)
                    .ignoreException(ConnectException.class)
                    .until(() -> isTrusted() == isTrusted);
        }
    }

    private boolean isTrusted() throws GeneralSecurityException, IOException {
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(KeyStore.getInstance(trustStore.toFile(), Keytool.PASSWORD.toCharArray()));
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        try (SSLSocket socket =
                (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(TIMEOUT_SECONDS * 1000);
            socket.startHandshake();
            return true;
        } catch (SSLException refused) {
            return false;
        }
    }

    private Path newKeystore(String name) {
        Path file = directory.path().resolve(name);
        Keytool.run(
                file,
                "-genkeypair",
                "-alias",
                "broker",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost,ip:127.0.0.1");
        return file;
    }

    private Path trustStoreFor(Path keystore) {
        String certificate = keystore + ".crt";
        Path trust = directory.path().resolve("trust.p12");
        Keytool.run(keystore, "-exportcert", "-alias", "broker", "-file", certificate);
        Keytool.run(trust, "-importcert", "-noprompt", "-alias", "broker", "-file", certificate);
        return trust;
    }

    @Override
    public void close() {
        directory.close();
    }
}
