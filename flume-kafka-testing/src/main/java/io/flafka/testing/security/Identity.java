// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.security;

import io.flafka.testing.Keytool;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.util.List;

/**
 * A private key and its certificate, in the forms that Kafka reads. Immutable.
 *
 * @param name the subject's common name
 * @param key the private key
 * @param chain the certificate and that of its authority
 */
public record Identity(String name, PrivateKey key, List<Certificate> chain) {

    public Identity {
        chain = List.copyOf(chain);
    }

    /** Returns the principal that a broker gives to a client with this certificate. */
    public String principal() {
        return "User:CN=" + name;
    }

    /** Writes a PKCS12 keystore. The password is that of the file and of the key. */
    public Path writeKeyStore(Path file, String password) {
        try {
            KeyStore store = KeyStore.getInstance(Keytool.TYPE);
            store.load(null, null);
            store.setKeyEntry(name, key, password.toCharArray(), chain.toArray(Certificate[]::new));
            return write(store, file, password);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the certificate and that of its authority as PEM. */
    public String chainPem() {
        try {
            return Pem.certificates(chain);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the private key as PEM. */
    public String keyPem() {
        return Pem.privateKey(key);
    }

    /** Returns the private key as PEM, encrypted so that every JDK can read it. */
    public String encryptedKeyPem(String password) {
        try {
            return Pem.encryptedPrivateKey(key, password);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static Path write(KeyStore store, Path file, String password) throws GeneralSecurityException, IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, password.toCharArray());
        }
        return file;
    }
}
