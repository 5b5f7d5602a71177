// SPDX-License-Identifier: Apache-2.0
package io.flafka.dist;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.flafka.testing.security.CertificateAuthority;
import io.flafka.testing.security.Identity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

/** The {@code openssl} lines of docs/security.md make a key that Kafka's client can read, or cannot. */
class EncryptedPemKeyIT {

    private static final String PASSWORD = "a long password";

    @TempDir
    private Path directory;

    private Identity client;

    @BeforeEach
    void openSslIsInstalled() {
        assumeThat(canRun("openssl", "version")).as("openssl is installed").isTrue();
        client = CertificateAuthority.createIn(directory).issue("client");
    }

    @Test
    void everyJavaReadsAKeyEncryptedWithTripleDes() throws IOException {
        String key = encrypt("-v1", "PBE-SHA1-3DES");

        assertThatCode(() -> createClient(key)).doesNotThrowAnyException();
    }

    @Test
    @EnabledForJreRange(max = JRE.JAVA_18)
    void java17DoesNotReadAKeyEncryptedByOpenSslsDefault() throws IOException {
        String key = encrypt();

        assertThatThrownBy(() -> createClient(key)).hasRootCauseMessage("PBES2 SecretKeyFactory not available");
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_19)
    void aNewerJavaReadsAKeyEncryptedByOpenSslsDefault() throws IOException {
        String key = encrypt();

        assertThatCode(() -> createClient(key)).doesNotThrowAnyException();
    }

    private void createClient(String key) {
        Admin.create(Map.of(
                        "bootstrap.servers",
                        "127.0.0.1:1",
                        "security.protocol",
                        "SSL",
                        "ssl.keystore.type",
                        "PEM",
                        "ssl.keystore.certificate.chain",
                        client.chainPem(),
                        "ssl.keystore.key",
                        key,
                        "ssl.key.password",
                        PASSWORD))
                .close();
    }

    private String encrypt(String... options) throws IOException {
        Path plain = Files.writeString(directory.resolve("client.key"), client.keyPem());
        Path encrypted = directory.resolve("client-encrypted.key");
        List<String> command = new ArrayList<>(List.of("openssl", "pkcs8", "-topk8"));
        command.addAll(List.of(options));
        command.addAll(List.of("-in", plain.toString(), "-out", encrypted.toString(), "-passout", "pass:" + PASSWORD));
        assertThat(canRun(command.toArray(String[]::new))).isTrue();
        return Files.readString(encrypted, UTF_8);
    }

    private static boolean canRun(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            process.getInputStream().readAllBytes();
            return process.waitFor() == 0;
        } catch (IOException notInstalled) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
