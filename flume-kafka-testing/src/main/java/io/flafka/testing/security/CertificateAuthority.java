// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.security;

import io.flafka.testing.Keytool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.util.ArrayList;
import java.util.List;

/**
 * A test authority that signs the certificates of one broker and of its clients. All are for the loopback host.
 * For one thread.
 *
 * @param file the authority's own keystore, which has all keys
 */
public record CertificateAuthority(Path file) {

    private static final String AUTHORITY = "authority";

    /** Creates an authority whose keystore is in a directory. */
    public static CertificateAuthority createIn(Path directory) {
        CertificateAuthority authority = new CertificateAuthority(directory.resolve("authority.p12"));
        authority.keytool(AUTHORITY, "-dname", "CN=Test authority", "-ext", "bc:c");
        return authority;
    }

    /** Signs a new certificate. */
    public Identity issue(String name) {
        keytool(name, "-dname", "CN=" + name, "-ext", "san=dns:localhost,ip:127.0.0.1", "-signer", AUTHORITY);
        try {
            KeyStore store = load();
            PrivateKey key = (PrivateKey) store.getKey(name, Keytool.PASSWORD.toCharArray());
            return new Identity(name, key, List.of(store.getCertificateChain(name)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Writes a PKCS12 trust store that has only the authority's certificate. */
    public Path writeTrustStore(Path trustStore, String password) {
        try {
            KeyStore store = KeyStore.getInstance(Keytool.TYPE);
            store.load(null, null);
            store.setCertificateEntry(AUTHORITY, load().getCertificate(AUTHORITY));
            return Identity.write(store, trustStore, password);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the authority's certificate as PEM. */
    public String pem() {
        try {
            return Pem.certificates(List.of(load().getCertificate(AUTHORITY)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private KeyStore load() throws GeneralSecurityException {
        try {
            return KeyStore.getInstance(file.toFile(), Keytool.PASSWORD.toCharArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void keytool(String name, String... options) {
        List<String> all = new ArrayList<>(List.of("-genkeypair", "-alias", name, "-keyalg", "EC", "-validity", "10"));
        all.addAll(List.of(options));
        Keytool.run(file, all.toArray(String[]::new));
    }
}
