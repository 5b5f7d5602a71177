// SPDX-License-Identifier: Apache-2.0
package io.flafka.examples;

import io.flafka.testing.Keytool;
import io.flafka.testing.security.CertificateAuthority;
import io.flafka.testing.security.Identity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The certificates of a local broker and its clients, in files with the names that the examples use.
 *
 * @param directory where the files are
 */
record LocalCertificates(Path directory) {
    static final String PASSWORD = Keytool.PASSWORD;

    /** Creates the files in an empty directory. */
    static LocalCertificates createIn(Path directory) {
        LocalCertificates certificates = new LocalCertificates(directory);
        CertificateAuthority authority = CertificateAuthority.createIn(directory);
        authority.writeTrustStore(certificates.truststore(), PASSWORD);
        authority.issue("broker").writeKeyStore(certificates.brokerKeystore(), PASSWORD);
        Identity client = authority.issue("client");
        client.writeKeyStore(directory.resolve("client.p12"), PASSWORD);
        try {
            Files.writeString(directory.resolve("ca.pem"), authority.pem());
            Files.writeString(directory.resolve("client.pem"), client.keyPem() + client.chainPem());
            return certificates;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
}
