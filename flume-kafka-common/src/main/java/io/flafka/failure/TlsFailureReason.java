// SPDX-License-Identifier: Apache-2.0
package io.flafka.failure;

import io.flafka.config.LogSafeText;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.apache.kafka.common.errors.SslAuthenticationException;

/**
 * Why there is no TLS connection, and what to set. Most of it stands only in the words of Java's messages, which have been the same since Java 8.
 *
 * @param words for the operator
 */
record TlsFailureReason(String words) {

    private static final String KEY_STORE = "kafka.client.ssl.keystore.location";
    private static final String TRUST_STORE = "kafka.client.ssl.truststore.location";
    private static final Pattern NOT_FOR_HOST = Pattern.compile(
            "(?i)No (?:subject alternative |name ).*?(?:matching (?:IP address )?(\\S+) found|present)");
    private static final Pattern ALERT = Pattern.compile("Received fatal alert: (\\w+)");
    private static final Pattern NO_TLS = Pattern.compile("(?i)unrecognized SSL message|not an SSL/TLS record");
    private static final Pattern NOTHING_IN_COMMON = Pattern.compile("(?i)no appropriate protocol|protocol is disabled"
            + "|no (?:TLS )?cipher suites|not accepted by client preferences|unsupported (?:protocol|record) version"
            + "|no negotiable cipher suite");

    /** What the causes say, if it is TLS that failed. */
    static Optional<String> in(List<Throwable> chain) {
        if (chain.stream().noneMatch(TlsFailureReason::isOfTls)) {
            return Optional.empty();
        }
        Throwable root = chain.get(chain.size() - 1);
        return Optional.of(LogSafeText.message("no TLS connection: "
                + chain.stream()
                        .map(TlsFailureReason::of)
                        .flatMap(Optional::stream)
                        .reduce((outer, inner) -> inner)
                        .map(TlsFailureReason::words)
                        .orElseGet(() -> root.getClass().getSimpleName() + ": " + root.getMessage())));
    }

    private static boolean isOfTls(Throwable cause) {
        return cause instanceof SSLException
                || cause instanceof SslAuthenticationException
                || cause instanceof CertificateException
                || cause instanceof CertPathBuilderException
                || cause instanceof CertPathValidatorException;
    }

    /** What one cause says by itself. */
    private static Optional<TlsFailureReason> of(Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        if (cause instanceof CertificateExpiredException) {
            return is("the broker's certificate, or one that vouches for it, has expired (" + message
                    + "); the brokers need a new one");
        }
        if (cause instanceof CertificateNotYetValidException) {
            return is("the broker's certificate, or one that vouches for it, is not valid yet (" + message
                    + "); see whether the clocks of broker and agent are right");
        }
        if (cause instanceof CertPathBuilderException || message.contains("trustAnchors")) {
            return is(
                    "no certificate in this client's trust store vouches for the broker's (unknown certificate authority: "
                            + message + "); put the authority's certificate into the file of " + TRUST_STORE);
        }
        Matcher host = NOT_FOR_HOST.matcher(message);
        if (host.find()) {
            return is(notForHost(Optional.ofNullable(host.group(1)), message));
        }
        if (NO_TLS.matcher(message).find()) {
            return is(
                    "that port does not speak TLS (" + message
                            + "); use the brokers' port for TLS, or set kafka.client.security.protocol = PLAINTEXT, or SASL_PLAINTEXT");
        }
        if (NOTHING_IN_COMMON.matcher(message).find()) {
            return is(nothingInCommon(message));
        }
        Matcher alert = ALERT.matcher(message);
        return alert.find() ? is(saidByBroker(alert.group(1))) : specific(cause);
    }

    /** Of the others only Java's security has more to say than that it failed. */
    private static Optional<TlsFailureReason> specific(Throwable cause) {
        return cause instanceof GeneralSecurityException && cause.getCause() == null
                ? is(cause.getClass().getSimpleName() + ": " + cause.getMessage())
                : Optional.empty();
    }

    private static Optional<TlsFailureReason> is(String words) {
        return Optional.of(new TlsFailureReason(words));
    }

    private static String notForHost(Optional<String> host, String message) {
        return "the broker's certificate is not for the host "
                + host.map(name -> name.endsWith(".") ? name.substring(0, name.length() - 1) : name)
                        .map(LogSafeText::quoted)
                        .map(name -> name + ", by which this client calls it")
                        .orElse("by which this client calls it")
                + " (" + message
                + "); write a name that the certificate has into kafka.bootstrap.servers and into the brokers'"
                + " advertised.listeners, or set kafka.client.ssl.disableTLSHostnameVerification = true";
    }

    private static String nothingInCommon(String message) {
        return "broker and client have no TLS version or no cipher suite in common (" + message
                + "); see kafka.client.ssl.enabled.protocols and kafka.client.ssl.cipher.suites";
    }

    /** A broker that ends the handshake says no more than a word. */
    private static String saidByBroker(String alert) {
        String said = "the broker has ended it with '" + alert + "'";
        return switch (alert) {
            case "certificate_required" ->
                "the broker demands a certificate of this client (" + alert + "); set " + KEY_STORE;
            case "bad_certificate", "certificate_unknown", "unknown_ca", "unsupported_certificate", "access_denied" ->
                "the broker does not take this client's certificate, or demands one and got none (" + alert + "); see "
                        + KEY_STORE + ", and whether the brokers trust it";
            case "certificate_expired", "certificate_revoked" ->
                "the certificate of this client has expired or was revoked (" + alert + "); " + KEY_STORE
                        + " needs a new one";
            case "protocol_version", "insufficient_security" -> nothingInCommon(alert);
            case "handshake_failure" ->
                said
                        + ": no TLS version or cipher suite in common, or the broker demands a certificate of this client; see"
                        + " kafka.client.ssl.enabled.protocols, kafka.client.ssl.cipher.suites and " + KEY_STORE;
            default -> said + "; the broker's log says why";
        };
    }
}
