// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The search finds each secret that was planted in a text, in each form in which a program might show it. */
class SecretsTest {

    private final Secrets secrets = new Secrets();

    @Test
    void findsAPassword() {
        String password = secrets.newPassword("scram");
        secrets.newPassword("plain");

        assertThat(secrets.findIn("10:00 TRACE user=u password=" + password + ", next"))
                .containsExactly("scram after \"10:00 TRACE user=u password=\"");
        assertThat(secrets.findIn("10:00 TRACE user=u password=(hidden), next")).isEmpty();
    }

    @Test
    void findsAPasswordInTheBase64OfALongerText() {
        String password = secrets.newPassword("scram");

        for (String before : List.of("", "i:", "id:", "\0user\0")) {
            String encoded = Base64.getEncoder().encodeToString((before + password + ";").getBytes(UTF_8));

            assertThat(secrets.findIn("Authorization: Basic " + encoded)).hasSize(1);
        }
    }

    @Test
    void findsAKeyWhoseLinesAreJoined() {
        String pem = """
                -----BEGIN PRIVATE KEY-----
                MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgs5Zf0V8nTn6d2Vx1
                K3m0aQ==
                -----END PRIVATE KEY-----
                """;
        secrets.addPem("key", pem);

        assertThat(secrets.findIn("ssl.keystore.key = " + pem.replace("\n", " ")))
                .hasSize(1);
        assertThat(secrets.findIn("-----BEGIN PRIVATE KEY----- (hidden)")).isEmpty();
    }

    @Test
    void findsTheSignatureOfAToken() {
        secrets.addToken("token", "header.claims.signature-of-the-token");

        assertThat(secrets.findIn("Bearer header.claims.signature-of-the-token"))
                .hasSize(1);
        assertThat(secrets.findIn("the claims are header.claims")).isEmpty();
    }

    @Test
    void findsASecretAnywhereInALongFile(@TempDir Path directory) throws IOException {
        String password = secrets.newPassword("scram");
        Path file = directory.resolve("log");
        String line = "a line of a log\n".repeat(65_536);

        Files.writeString(file, line.substring(20) + password + line + password);

        assertThat(secrets.findIn(file)).hasSize(1).first().asString().startsWith("scram after");
        assertThat(secrets.findIn(Files.writeString(file, line))).isEmpty();
    }

    @Test
    void refusesWhatItCannotSearchFor() {
        secrets.newPassword("twice");

        assertThatThrownBy(() -> secrets.add("short", "secret")).hasMessage("Too short to search for: short");
        assertThatThrownBy(() -> secrets.newPassword("twice")).hasMessage("Empty, or added twice: twice");
        assertThatThrownBy(() -> secrets.addPem("empty", "")).hasMessage("Empty, or added twice: empty");
    }
}
