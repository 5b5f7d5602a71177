// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs the JDK's {@code keytool} to create test certificates, so that no library is needed. For any thread. */
public final class Keytool {

    /** The password of every keystore and every key. */
    public static final String PASSWORD = "changeit";

    public static final String TYPE = "PKCS12";

    private Keytool() {}

    /** Runs {@code keytool} on a keystore. */
    public static void run(Path keystore, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-keystore", keystore.toString(), "-storetype", TYPE, "-storepass", PASSWORD));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
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
