// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.security;

import java.util.Arrays;
import java.util.Locale;

/** The ways to log in that {@code examples/secured} shows, one folder each. */
public enum ExampleLogin {
    /** Name and password over TLS (SCRAM). */
    SCRAM(SecuredListener.LOGIN_TLS, "flume"),
    /** A client certificate in PEM files. */
    MUTUAL_TLS(SecuredListener.MUTUAL_TLS, "CN=flume"),
    /** A token of an OAuth server over TLS. */
    OAUTHBEARER(SecuredListener.LOGIN_TLS, "flume-agent");

    private final SecuredListener listener;
    private final String user;

    ExampleLogin(SecuredListener listener, String user) {
        this.listener = listener;
        this.user = user;
    }

    /**
     * Finds a login by the name of its folder.
     *
     * @throws IllegalArgumentException if no example has this name
     */
    public static ExampleLogin inFolder(String folder) {
        return Arrays.stream(values())
                .filter(login -> login.folder().equals(folder))
                .findAny()
                .orElseThrow(() -> new IllegalArgumentException("No example named '" + folder + "'"));
    }

    /** Returns the name of its folder. */
    public String folder() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Returns the principal that the broker gives to the agent, such as {@code User:flume}. */
    public String principal() {
        return "User:" + user;
    }

    String user() {
        return user;
    }

    SecuredListener listener() {
        return listener;
    }
}
