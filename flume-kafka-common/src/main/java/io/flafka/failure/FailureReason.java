// SPDX-License-Identifier: Apache-2.0
package io.flafka.failure;

import io.flafka.config.LogSafeText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Explains to an operator why a Kafka client failed. Kafka's outermost message often says least ("SSL handshake failed"); the useful one is in a
 * cause. Stateless.
 */
public final class FailureReason {

    private static final int MAX_CAUSES = 20;
    private static final String WRONG_PASSWORD = "password was incorrect";
    private static final String WRONG_KEY_PASSWORD = "final block not properly padded";
    /** The beginning of a stack trace, which some classes of Kafka put into their message. */
    private static final String TRACE = "\n\tat ";

    private static final String PBES2 = "PBES2 SecretKeyFactory not available";
    private static final String NO_MEMORY =
            "; give the agent more heap (-Xmx); or, if the port of these brokers uses TLS, set"
                    + " kafka.client.security.protocol = SSL or SASL_SSL";

    private FailureReason() {}

    /** Returns the exception's name and message, and those of the deepest cause if they say more. */
    public static String of(Throwable failure) {
        List<Throwable> chain = chain(failure);
        return tls(chain).or(() -> noMemory(chain)).orElseGet(() -> {
            Throwable root = chain.get(chain.size() - 1);
            String outermost = named(chain.get(0));
            return LogSafeText.message(addsTo(outermost, root) ? outermost + " (" + named(root) + ")" : outermost);
        });
    }

    private static Optional<String> tls(List<Throwable> chain) {
        return TlsFailureReason.in(chain).map(reason -> "no TLS connection: " + reason);
    }

    /** A client without TLS reads the first bytes from a TLS port as the size of a response: hundreds of megabytes (KAFKA-4090). */
    private static Optional<String> noMemory(List<Throwable> chain) {
        return chain.stream()
                .filter(OutOfMemoryError.class::isInstance)
                .findFirst()
                .map(error -> LogSafeText.message(named(error) + NO_MEMORY));
    }

    /** Returns the message without the exception's name, for a sentence that names the kind of failure itself. */
    public static String message(Throwable failure) {
        return tls(chain(failure)).orElseGet(() -> LogSafeText.message(failure.getMessage()));
    }

    /** Returns the message of the deepest cause, for a client that rejects its settings: the outer messages only say that it does. */
    public static String deepest(Throwable failure) {
        List<Throwable> chain = chain(failure);
        return tls(chain)
                .or(() -> wrongPassword(chain))
                .or(() -> unreadableKey(chain))
                .orElseGet(() -> LogSafeText.message(text(chain.get(chain.size() - 1))));
    }

    /** Java 17 cannot read what OpenSSL 3 writes by default. */
    private static Optional<String> unreadableKey(List<Throwable> chain) {
        Throwable root = chain.get(chain.size() - 1);
        return String.valueOf(root.getMessage()).contains(PBES2)
                ? Optional.of(LogSafeText.message(named(root)
                        + ": the private key is encrypted with PBES2, which this Java cannot read; encrypt it with openssl pkcs8 -topk8"
                        + " -v1 PBE-SHA1-3DES, or use a PKCS12 file"))
                : Optional.empty();
    }

    /** Java's deepest message is about the cipher's mathematics, not about the password. */
    private static Optional<String> wrongPassword(List<Throwable> chain) {
        for (int i = 1; i < chain.size(); i++) {
            String message = chain.get(i).getMessage();
            if (message != null && message.contains(WRONG_KEY_PASSWORD)) {
                return Optional.of(LogSafeText.message(named(chain.get(i - 1)) + ": " + message
                        + "; check the password of the private key: kafka.client.ssl.key.password"));
            }
            if (message != null && message.contains(WRONG_PASSWORD)) {
                // The exception around it names the file.
                return Optional.of(
                        LogSafeText.message(named(chain.get(i - 1)) + ": " + message + "; check the file's password: "
                                + "kafka.client.ssl.keystore.password or kafka.client.ssl.truststore.password"));
            }
        }
        return Optional.empty();
    }

    private static boolean addsTo(String text, Throwable root) {
        String message = root.getMessage();
        return message != null && !message.isBlank() && !text.contains(message);
    }

    private static String named(Throwable failure) {
        String name = failure.getClass().getSimpleName();
        return failure.getMessage() == null ? name : name + ": " + withoutTrace(failure.getMessage());
    }

    /** Some messages are empty, or only the path of a missing file: then the exception's name says what is wrong. */
    private static String text(Throwable cause) {
        String message = cause.getMessage();
        return withoutTrace(message != null && message.contains(" ") ? message : cause.toString());
    }

    private static String withoutTrace(String message) {
        int trace = message.indexOf(TRACE);
        return trace < 0 ? message : message.substring(0, trace);
    }

    /** Returns the failure and its causes, outermost first. */
    static List<Throwable> chain(Throwable failure) {
        List<Throwable> chain = new ArrayList<>();
        Throwable next = failure;
        while (next != null && chain.size() < MAX_CAUSES && !chain.contains(next)) {
            chain.add(next);
            next = next.getCause();
        }
        return chain;
    }
}
