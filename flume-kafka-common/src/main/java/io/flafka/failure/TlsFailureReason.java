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

/** Explains why a TLS connection failed, and what to set. Most of it is only in Java's messages, which have been the same since Java 8. Stateless. */
final class TlsFailureReason {

    private static final String KEY_STORE = "kafka.client.ssl.keystore.location";
    private static final String TRUST_STORE = "kafka.client.ssl.truststore.location";
    private static final Pattern OTHER_HOST = Pattern.compile(
            "(?i)No (?:subject alternative |name ).*?(?:matching (?:IP address )?(\\S+) found|present)");
    private static final Pattern ALERT = Pattern.compile("Received fatal alert: (\\w+)");
    private static final Pattern NO_TLS = Pattern.compile("(?i)unrecognized SSL message|not an SSL/TLS record");
    private static final Pattern NOTHING_IN_COMMON = Pattern.compile("(?i)no appropriate protocol|protocol is disabled"
            + "|no (?:TLS )?cipher suites|not accepted by client preferences|unsupported (?:protocol|record) version"
            + "|no negotiable cipher suite");

    private TlsFailureReason() {}

    /** Returns why TLS failed, in the words of the deepest cause that knows; empty if something else failed. */
    static Optional<String> in(List<Throwable> chain) {
        if (chain.stream().noneMatch(TlsFailureReason::isOfTls)) {
            return Optional.empty();
        }
        Throwable root = chain.get(chain.size() - 1);
        return Optional.of(LogSafeText.message(chain.stream()
                .map(TlsFailureReason::of)
                .flatMap(Optional::stream)
                .reduce((outer, inner) -> inner)
                .orElseGet(() -> root.getClass().getSimpleName() + ": " + root.getMessage())));
    }

    private static boolean isOfTls(Throwable cause) {
        return cause instanceof SSLException
                || cause instanceof SslAuthenticationException
                || cause instanceof CertificateException
                || cause instanceof CertPathBuilderException
                || cause instanceof CertPathValidatorException;
    }

    private static Optional<String> of(Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        if (cause instanceof CertificateExpiredException) {
            return Optional.of(
                    "the broker's certificate, or the certificate of an authority that signed it, has expired ("
                            + message + "); renew it");
        }
        if (cause instanceof CertificateNotYetValidException) {
            return Optional.of(
                    "the broker's certificate, or the certificate of an authority that signed it, is not valid yet ("
                            + message + "); check the clocks of the broker and of this host");
        }
        if (cause instanceof CertPathBuilderException || message.contains("trustAnchors")) {
            return Optional.of(
                    "this client does not trust the broker's certificate: no authority in its trust store has signed it ("
                            + message + "); add the authority's certificate to the file of " + TRUST_STORE);
        }
        Matcher host = OTHER_HOST.matcher(message);
        if (host.find()) {
            return Optional.of(otherHost(Optional.ofNullable(host.group(1)), message));
        }
        if (NO_TLS.matcher(message).find()) {
            return Optional.of(
                    "the broker's port does not use TLS (" + message
                            + "); use the brokers' TLS port, or set kafka.client.security.protocol = PLAINTEXT or SASL_PLAINTEXT");
        }
        if (NOTHING_IN_COMMON.matcher(message).find()) {
            return Optional.of(nothingInCommon(message));
        }
        Matcher alert = ALERT.matcher(message);
        return alert.find() ? Optional.of(alertOfBroker(alert.group(1))) : specific(cause);
    }

    /** Of all other exceptions, only those of Java's security say more than that TLS failed. */
    private static Optional<String> specific(Throwable cause) {
        return cause instanceof GeneralSecurityException && cause.getCause() == null
                ? Optional.of(cause.getClass().getSimpleName() + ": " + cause.getMessage())
                : Optional.empty();
    }

    private static String otherHost(Optional<String> host, String message) {
        return "the broker's certificate is not for the host "
                + host.map(name -> name.endsWith(".") ? name.substring(0, name.length() - 1) : name)
                        .map(name -> LogSafeText.quoted(name) + " that this client connects to")
                        .orElse("that this client connects to")
                + " (" + message
                + "); use a host name of the certificate in kafka.bootstrap.servers and in the brokers'"
                + " advertised.listeners, or set kafka.client.ssl.disableTLSHostnameVerification = true";
    }

    private static String nothingInCommon(String message) {
        return "broker and client have no TLS version or no cipher suite in common (" + message
                + "); check kafka.client.ssl.enabled.protocols and kafka.client.ssl.cipher.suites";
    }

    /** A broker that ends the handshake sends one word. */
    private static String alertOfBroker(String alert) {
        String closed = "the broker closed it with the alert '" + alert + "'";
        return switch (alert) {
            case "certificate_required" -> "the broker requires a client certificate (" + alert + "); set " + KEY_STORE;
            case "bad_certificate", "certificate_unknown", "unknown_ca", "unsupported_certificate", "access_denied" ->
                "the broker rejects this client's certificate, or requires one and got none (" + alert + "); check "
                        + KEY_STORE + ", that its certificate has not expired, and that the brokers trust it";
            case "certificate_expired", "certificate_revoked" ->
                "this client's certificate has expired or was revoked (" + alert + "); renew it in the file of "
                        + KEY_STORE;
            case "protocol_version", "insufficient_security" -> nothingInCommon(alert);
            case "handshake_failure" ->
                closed
                        + ": no TLS version or cipher suite in common, or the broker requires a client certificate; check"
                        + " kafka.client.ssl.enabled.protocols, kafka.client.ssl.cipher.suites and " + KEY_STORE;
            default -> closed + "; see the broker's log";
        };
    }
}
