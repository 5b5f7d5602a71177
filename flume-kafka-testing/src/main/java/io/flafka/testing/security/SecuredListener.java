// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.security;

import java.util.Locale;

/** The listeners of {@link SecuredBroker}. */
public enum SecuredListener {
    /** TLS, without client certificates. */
    TLS("SSL"),
    /** TLS that requires a client certificate. */
    MUTUAL_TLS("SSL"),
    /** A login over TLS: PLAIN, SCRAM, and OAUTHBEARER with tokens of {@link TokenEndpoint}. */
    LOGIN_TLS("SASL_SSL"),
    /** A login without TLS: PLAIN, SCRAM, and OAUTHBEARER with tokens that nobody has signed. */
    LOGIN("SASL_PLAINTEXT"),
    /** A login with Kerberos, without TLS. */
    KERBEROS("SASL_PLAINTEXT");

    private final String protocol;

    SecuredListener(String protocol) {
        this.protocol = protocol;
    }

    /** Returns the value of a client's {@code security.protocol}. */
    public String protocol() {
        return protocol;
    }

    boolean hasTls() {
        return protocol.endsWith("SSL");
    }

    boolean hasPasswords() {
        return this == LOGIN || this == LOGIN_TLS;
    }

    /** Returns the beginning of its server properties. */
    String prefix() {
        return "listener.name." + name().toLowerCase(Locale.ROOT) + ".";
    }
}
