// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A keystore of server certificates, created by the JDK's {@code keytool}: {@link #VALID}, {@link #EXPIRED} and {@link
 * #NOT_YET_VALID}. All are for the host {@link #HOST} and signed by the same test authority. Immutable.
 *
 * @param file the keystore; it also contains the authority's certificate; its password is {@link #PASSWORD}
 */
public record TlsCertificates(Path file) {

    /** The only host that the certificates are for. */
    public static final String HOST = "broker.example";
    /** The name of the valid certificate. */
    public static final String VALID = "valid";
    /** The name of the expired certificate. */
    public static final String EXPIRED = "expired";
    /** The name of the certificate that is not valid yet. */
    public static final String NOT_YET_VALID = "notyet";
    /** The password of the file and of every key. */
    public static final String PASSWORD = Keytool.PASSWORD;

    private static final String AUTHORITY = "authority";

    /** Creates the keystore in a directory. */
    public static TlsCertificates createIn(Path directory) {
        TlsCertificates certificates = new TlsCertificates(directory.resolve("certificates.p12"));
        certificates.keytool(AUTHORITY, "-dname", "CN=Test authority", "-ext", "bc:c");
        certificates.addServer(VALID, "-validity", "10");
        certificates.addServer(EXPIRED, "-startdate", "-10d", "-validity", "1");
        certificates.addServer(NOT_YET_VALID, "-startdate", "+10d", "-validity", "1");
        return certificates;
    }

    /** Returns the context of a server that uses the named certificate and trusts the authority. */
    public SSLContext serverContext(String name) throws GeneralSecurityException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(keyOf(name), PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust(AUTHORITY).getTrustManagers(), null);
        return context;
    }

    /** Writes a keystore that has only the named certificate and its key. */
    public Path writeKeyOf(String name, Path target) throws GeneralSecurityException {
        return write(keyOf(name), target);
    }

    /** Writes a trust store that has only the authority. */
    public Path writeTrustStore(Path target) throws GeneralSecurityException {
        KeyStore trusted = empty();
        trusted.setCertificateEntry(AUTHORITY, load().getCertificate(AUTHORITY));
        return write(trusted, target);
    }

    private static Path write(KeyStore store, Path target) throws GeneralSecurityException {
        try (OutputStream out = Files.newOutputStream(target)) {
            store.store(out, PASSWORD.toCharArray());
            return target;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private KeyStore keyOf(String name) throws GeneralSecurityException {
        KeyStore only = empty();
        KeyStore all = load();
        only.setKeyEntry(
                name, all.getKey(name, PASSWORD.toCharArray()), PASSWORD.toCharArray(), all.getCertificateChain(name));
        return only;
    }

    /** Returns the context of a client that trusts the authority. */
    public SSLContext clientContext() throws GeneralSecurityException {
        return clientThatTrusts(AUTHORITY);
    }

    /** Returns the context of a client that does not trust the authority. */
    public SSLContext untrustingClientContext() throws GeneralSecurityException {
        return clientThatTrusts(NOT_YET_VALID);
    }

    private SSLContext clientThatTrusts(String name) throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust(name).getTrustManagers(), null);
        return context;
    }

    private TrustManagerFactory trust(String name) throws GeneralSecurityException {
        KeyStore trusted = empty();
        trusted.setCertificateEntry(name, load().getCertificate(name));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        return trust;
    }

    private static KeyStore empty() throws GeneralSecurityException {
        try {
            KeyStore store = KeyStore.getInstance(Keytool.TYPE);
            store.load(null, null);
            return store;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private KeyStore load() throws GeneralSecurityException {
        try {
            return KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void addServer(String name, String... options) {
        List<String> all =
                new ArrayList<>(List.of("-dname", "CN=" + name, "-ext", "san=dns:" + HOST, "-signer", AUTHORITY));
        all.addAll(List.of(options));
        keytool(name, all.toArray(String[]::new));
    }

    private void keytool(String name, String... options) {
        List<String> all = new ArrayList<>(List.of("-genkeypair", "-alias", name, "-keyalg", "EC"));
        all.addAll(List.of(options));
        Keytool.run(file, all.toArray(String[]::new));
    }
}
