// SPDX-License-Identifier: Apache-2.0
package io.flafka.failure;

import io.flafka.config.LogSafeText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Says for an operator why a client of Kafka failed. Kafka's own message is often the outermost and says the least ("SSL handshake failed"); what is wrong lies
 * deeper.
 */
public final class FailureReason {

    private static final int DEEPEST = 20;
    private static final String WRONG_PASSWORD = "password was incorrect";
    private static final String NO_MEMORY =
            "; give the agent more heap (-Xmx), or, if this is its first word with the brokers, their port speaks"
                    + " TLS: then set kafka.client.security.protocol = SSL, or SASL_SSL";

    private FailureReason() {}

    /** The kind of failure and what it says, with what lies deepest if that says more. */
    public static String of(Throwable failure) {
        List<Throwable> chain = chain(failure);
        return TlsFailureReason.in(chain).or(() -> noMemory(chain)).orElseGet(() -> {
            Throwable root = chain.get(chain.size() - 1);
            String said = named(chain.get(0));
            return LogSafeText.message(adds(root, said) ? said + " (" + named(root) + ")" : said);
        });
    }

    /** A client without TLS takes the first bytes of a port with TLS for the size of an answer, hundreds of megabytes (KAFKA-4090). */
    private static Optional<String> noMemory(List<Throwable> chain) {
        return chain.stream()
                .filter(OutOfMemoryError.class::isInstance)
                .findFirst()
                .map(error -> LogSafeText.message(named(error) + NO_MEMORY));
    }

    /** What it says only, for a sentence that says the kind. */
    public static String message(Throwable failure) {
        return TlsFailureReason.in(chain(failure)).orElseGet(() -> LogSafeText.message(failure.getMessage()));
    }

    /** What lies deepest, for a client that refuses its settings: all above says only that it does. */
    public static String deepest(Throwable failure) {
        List<Throwable> chain = chain(failure);
        return TlsFailureReason.in(chain)
                .or(() -> wrongPassword(chain))
                .orElseGet(() -> LogSafeText.message(words(chain.get(chain.size() - 1))));
    }

    /** What Java says of it goes on to the mathematics of the cipher. */
    private static Optional<String> wrongPassword(List<Throwable> chain) {
        return chain.stream()
                .map(Throwable::getMessage)
                .filter(message -> message != null && message.contains(WRONG_PASSWORD))
                .findFirst()
                .map(
                        message -> named(chain.get(Math.min(1, chain.size() - 1))) + ": " + message
                                + "; set kafka.client.ssl.keystore.password or kafka.client.ssl.truststore.password, whichever is that file's")
                .map(LogSafeText::message);
    }

    private static boolean adds(Throwable root, String said) {
        String message = root.getMessage();
        return message != null && !message.isBlank() && !said.contains(message);
    }

    private static String named(Throwable failure) {
        String name = failure.getClass().getSimpleName();
        return failure.getMessage() == null ? name : name + ": " + failure.getMessage();
    }

    /** Some messages are no more than the path of a file that is missing, or nothing at all: the exception's name then says what is wrong. */
    private static String words(Throwable reason) {
        String message = reason.getMessage();
        return message != null && message.contains(" ") ? message : reason.toString();
    }

    /** The failure and its causes, outermost first. */
    private static List<Throwable> chain(Throwable failure) {
        List<Throwable> chain = new ArrayList<>();
        Throwable next = failure;
        while (next != null && chain.size() < DEEPEST && !chain.contains(next)) {
            chain.add(next);
            next = next.getCause();
        }
        return chain;
    }
}
