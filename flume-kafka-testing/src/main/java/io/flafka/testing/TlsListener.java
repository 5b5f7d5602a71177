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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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
 * A second listener of a broker, which shows a certificate (TLS): at first one that its clients do not trust, until it is renewed. Its files are in a
 * directory that closing this removes. For one thread.
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

    /** With the untrusted certificate. */
    public TlsListener() {
        install(untrusted);
    }

    /** What a client's {@code bootstrap.servers} takes. */
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
        // A refused client hears of it at once.
        properties.put("connection.failed.authentication.delay.ms", "0");
        return properties;
    }

    /** A client's settings, by Kafka's names below the given prefix: it trusts the renewed certificate only. */
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

    /** From now on the certificate is shown that clients trust. */
    public void showTrusted(KafkaCluster cluster) {
        install(valid);
        reload(cluster);
        awaitShown(true);
    }

    /** From now on the certificate is shown that they do not trust; connections stay. */
    public void showUntrusted(KafkaCluster cluster) {
        install(untrusted);
        reload(cluster);
        awaitShown(false);
    }

    /** That the certificate is not trusted, until it is renewed. */
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

    /** The broker looks at its file again when it is told of it again. */
    private void reload(KafkaCluster cluster) {
        ConfigResource broker = new ConfigResource(ConfigResource.Type.BROKER, "0");
        AlterConfigOp again = new AlterConfigOp(
                new ConfigEntry(LISTENER_PREFIX + "ssl.keystore.location", installed.toString()), AlterConfigOp.OpType.SET);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()))) {
            admin.incrementalAlterConfigs(Map.of(broker, List.of(again))).all().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for Kafka", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("Kafka did not do it", e);
        }
    }

    /** The broker's network threads go over to another certificate one after the other. */
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
