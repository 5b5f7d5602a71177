// SPDX-License-Identifier: Apache-2.0
package io.flafka.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * The certificate files that the cloud examples name, made on this machine by the JDK's {@code keytool}: {@code ca.pem},
 * {@code client.pem}, {@code client.p12} and {@code truststore.p12}, and a certificate for a local broker.
 *
 * @param directory the folder of the files
 */
record LocalCertificates(Path directory) {
    static final String PASSWORD = "changeit";

    private static final String AUTHORITY = "authority";
    private static final Base64.Encoder PEM = Base64.getMimeEncoder(64, "\n".getBytes(UTF_8));

    /** Creates the files in an empty directory. */
    static LocalCertificates createIn(Path directory) {
        LocalCertificates certificates = new LocalCertificates(directory);
        Path all = directory.resolve("all.p12");
        keytool(all, "-genkeypair", "-alias", AUTHORITY, "-keyalg", "EC", "-dname", "CN=authority", "-ext", "bc:c");
        for (String name : List.of("broker", "client")) {
            keytool(all, signed(name));
        }
        try {
            certificates.export(KeyStore.getInstance(all.toFile(), PASSWORD.toCharArray()));
            return certificates;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the key store of a broker on 127.0.0.1. */
    Path brokerKeystore() {
        return directory.resolve("broker.p12");
    }

    /** Returns the trust store of broker and clients. */
    Path truststore() {
        return directory.resolve("truststore.p12");
    }

    private static String[] signed(String name) {
        return new String[] {
            "-genkeypair",
            "-alias",
            name,
            "-keyalg",
            "EC",
            "-dname",
            "CN=" + name,
            "-signer",
            AUTHORITY,
            "-ext",
            "san=ip:127.0.0.1"
        };
    }

    private void export(KeyStore all) throws IOException, GeneralSecurityException {
        String authority = pem("CERTIFICATE", all.getCertificate(AUTHORITY).getEncoded());
        Files.writeString(directory.resolve("ca.pem"), authority);
        byte[] key = all.getKey("client", PASSWORD.toCharArray()).getEncoded();
        byte[] certificate = all.getCertificate("client").getEncoded();
        Files.writeString(
                directory.resolve("client.pem"), pem("PRIVATE KEY", key) + pem("CERTIFICATE", certificate) + authority);
        exportEntry(all, "client", directory.resolve("client.p12"));
        exportEntry(all, "broker", brokerKeystore());
        KeyStore trust = empty();
        trust.setCertificateEntry(AUTHORITY, all.getCertificate(AUTHORITY));
        store(trust, truststore());
    }

    private static void exportEntry(KeyStore all, String name, Path file) throws IOException, GeneralSecurityException {
        KeyStore single = empty();
        char[] password = PASSWORD.toCharArray();
        single.setKeyEntry(name, all.getKey(name, password), password, all.getCertificateChain(name));
        store(single, file);
    }

    private static KeyStore empty() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static void store(KeyStore store, Path file) throws IOException, GeneralSecurityException {
        try (var out = Files.newOutputStream(file)) {
            store.store(out, PASSWORD.toCharArray());
        }
    }

    private static String pem(String type, byte[] content) {
        return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(type, PEM.encodeToString(content));
    }

    private static void keytool(Path keystore, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-keystore", keystore.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException("keytool failed: " + output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while creating a certificate", e);
        }
    }
}
