// SPDX-License-Identifier: Apache-2.0
package io.flafka.dist;

import io.flafka.testing.TestDirectory;
import io.flafka.testing.security.CertificateAuthority;
import io.flafka.testing.security.Kdc;
import io.flafka.testing.security.Secrets;
import io.flafka.testing.security.SecuredBroker;
import io.flafka.testing.security.TokenEndpoint;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Objects;

/**
 * A broker that enforces logins and rights, the servers that clients get tickets and tokens from, and a directory for
 * the files of clients. For one thread.
 */
final class SecuredServers implements AutoCloseable {

    static final String PLAIN_USER = "plain";
    static final String JAAS_FILE_USER = "jaas-file";
    static final String OAUTH_CLIENT = "oauth-client";
    static final String KERBEROS_USER = "kerberos";

    private final Deque<Runnable> opened = new ArrayDeque<>();
    private final Secrets secrets = new Secrets();
    private final Map<String, String> passwords = Map.of(
            PLAIN_USER, secrets.newPassword("password of PLAIN"),
            JAAS_FILE_USER, secrets.newPassword("password in the JAAS file"),
            OAUTH_CLIENT, secrets.newPassword("client secret of OAUTHBEARER"));
    private final Path directory;
    private final CertificateAuthority authority;
    private final TokenEndpoint tokens;
    private final Kdc kdc;
    private final SecuredBroker broker;

    /** Starts all servers. */
    SecuredServers() {
        try {
            TestDirectory files = TestDirectory.create("keys");
            opened.push(files::close);
            directory = files.path();
            authority = CertificateAuthority.createIn(directory);
            tokens = TokenEndpoint.start(passwords);
            opened.push(tokens::close);
            kdc = Kdc.start(KERBEROS_USER);
            opened.push(kdc::close);
            broker = SecuredBroker.start(authority, passwords, tokens, kdc);
            opened.push(broker::close);
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    /** Returns the secrets that clients have. */
    Secrets secrets() {
        return secrets;
    }

    /** Returns the password of a user that these servers have from the start. */
    String password(String user) {
        return Objects.requireNonNull(passwords.get(user), user);
    }

    Path directory() {
        return directory;
    }

    CertificateAuthority authority() {
        return authority;
    }

    TokenEndpoint tokens() {
        return tokens;
    }

    Kdc kdc() {
        return kdc;
    }

    SecuredBroker broker() {
        return broker;
    }

    @Override
    public void close() {
        opened.forEach(Runnable::run);
    }
}
