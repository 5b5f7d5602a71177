// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;

/**
 * A second listener of a broker, which shows a certificate (TLS): at first one that its clients do not trust, until it is renewed. Its files are in a
 * directory that closing this removes. For one thread.
 */
public final class TlsListener implements AutoCloseable {

    private static final String PROTOCOL = "SSL";
    private static final String SECRET = "changeit";
    private static final String OWN = "listener.name.ssl.";
    private static final int TIMEOUT_SECONDS = 30;

    private final int port = FreePort.find();
    private final TestDirectory directory = TestDirectory.create("tls");
    private final Path untrusted = keystore("untrusted.p12");
    private final Path valid = keystore("valid.p12");
    private final Path shown = directory.path().resolve("broker.p12");
    private final Path trusted = trusting(valid);

    /** With the untrusted certificate. */
    public TlsListener() {
        put(untrusted);
    }

    /** What a client's {@code bootstrap.servers} takes. */
    public String bootstrapServers() {
        return NodeProperties.bootstrap(port);
    }

    Map<String, String> serverProperties() {
        Map<String, String> properties = new TreeMap<>();
        properties.put(NodeProperties.listener(PROTOCOL), Integer.toString(port));
        properties.put(OWN + "ssl.keystore.location", shown.toString());
        properties.put(OWN + "ssl.keystore.type", "PKCS12");
        properties.put(OWN + "ssl.keystore.password", SECRET);
        properties.put(OWN + "ssl.key.password", SECRET);
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
                trusted.toString(),
                prefix + "ssl.truststore.type",
                "PKCS12",
                prefix + "ssl.truststore.password",
                SECRET);
    }

    /** From now on the certificate is shown that clients trust. */
    public void renew(KafkaCluster cluster) {
        put(valid);
        reload(cluster);
    }

    private void put(Path keystore) {
        try {
            Files.copy(keystore, shown, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The broker looks at its file again when it is told of it again. */
    private void reload(KafkaCluster cluster) {
        ConfigResource broker = new ConfigResource(ConfigResource.Type.BROKER, "0");
        AlterConfigOp again = new AlterConfigOp(
                new ConfigEntry(OWN + "ssl.keystore.location", shown.toString()), AlterConfigOp.OpType.SET);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()))) {
            admin.incrementalAlterConfigs(Map.of(broker, List.of(again))).all().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for Kafka", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("Kafka did not do it", e);
        }
    }

    private Path keystore(String name) {
        Path file = directory.path().resolve(name);
        keytool(
                "-genkeypair",
                "-alias",
                "broker",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost,ip:127.0.0.1",
                "-keystore",
                file.toString());
        return file;
    }

    private Path trusting(Path keystore) {
        String certificate = keystore + ".crt";
        Path trust = directory.path().resolve("trust.p12");
        keytool("-exportcert", "-alias", "broker", "-keystore", keystore.toString(), "-file", certificate);
        keytool("-importcert", "-noprompt", "-alias", "broker", "-keystore", trust.toString(), "-file", certificate);
        return trust;
    }

    /** The JDK's own: there is no other way to make a certificate without a library. */
    private static void keytool(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-storetype", "PKCS12", "-storepass", SECRET));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException("keytool failed: " + said);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while a certificate was made", e);
        }
    }

    @Override
    public void close() {
        directory.close();
    }
}
