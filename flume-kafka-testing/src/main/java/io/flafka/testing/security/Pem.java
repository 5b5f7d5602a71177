// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.security;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.PBEParameterSpec;

/** Writes keys and certificates as PEM text. Stateless. */
final class Pem {

    /** The encryption of {@code openssl pkcs8 -topk8 -v1 PBE-SHA1-3DES}, which every JDK can read. */
    private static final String ENCRYPTION = "PBEWithSHA1AndDESede";

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int ITERATIONS = 2048;
    private static final int SALT_BYTES = 8;
    private static final int LINE_LENGTH = 64;

    private Pem() {}

    static String certificates(List<? extends Certificate> chain) throws GeneralSecurityException {
        StringBuilder text = new StringBuilder();
        for (Certificate certificate : chain) {
            text.append(text("CERTIFICATE", certificate.getEncoded()));
        }
        return text.toString();
    }

    static String privateKey(PrivateKey key) {
        return text("PRIVATE KEY", key.getEncoded());
    }

    static String encryptedPrivateKey(PrivateKey key, String password) throws GeneralSecurityException {
        byte[] salt = new byte[SALT_BYTES];
        RANDOM.nextBytes(salt);
        Cipher cipher = Cipher.getInstance(ENCRYPTION);
        cipher.init(
                Cipher.ENCRYPT_MODE,
                SecretKeyFactory.getInstance(ENCRYPTION).generateSecret(new PBEKeySpec(password.toCharArray())),
                new PBEParameterSpec(salt, ITERATIONS));
        byte[] encrypted = cipher.doFinal(key.getEncoded());
        try {
            return text(
                    "ENCRYPTED PRIVATE KEY",
                    new EncryptedPrivateKeyInfo(cipher.getParameters(), encrypted).getEncoded());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(String label, byte[] content) {
        String base64 =
                Base64.getMimeEncoder(LINE_LENGTH, "\n".getBytes(US_ASCII)).encodeToString(content);
        return "-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n";
    }
}
