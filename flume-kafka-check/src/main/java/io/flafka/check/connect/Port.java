// SPDX-License-Identifier: Apache-2.0
package io.flafka.check.connect;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address of a broker.
 *
 * @param host a name or an IP address
 * @param number the port's number
 */
record Port(String host, int number) {

    private static final Duration TIMEOUT = Duration.ofSeconds(3);
    /** A host or an IPv6 address, and the port, after the name of a listener, if there is one. */
    private static final Pattern ADDRESS = Pattern.compile("(?:[^/]*://)?\\[?([^\\[\\]/]+?)\\]?:(\\d{1,5})");

    /** Returns the port of an address as in {@code bootstrap.servers}. */
    static Port of(String address) {
        Matcher parts = ADDRESS.matcher(address.trim());
        if (!parts.matches()) {
            throw new IllegalArgumentException("not host:port: " + address);
        }
        return new Port(parts.group(1), Integer.parseInt(parts.group(2)));
    }

    /** Returns how far a connection came and what to look at, or nothing if it is possible with one of the name's IP addresses. */
    Optional<String> obstacle() {
        try {
            Optional<String> first = Optional.empty();
            for (InetAddress address : InetAddress.getAllByName(host)) {
                Optional<String> obstacle = obstacleAt(address);
                if (obstacle.isEmpty()) {
                    return Optional.empty();
                }
                first = first.or(() -> obstacle);
            }
            return first;
        } catch (UnknownHostException unknown) {
            return Optional.of(
                    this + ": the name " + host + " is not known here; check its spelling, DNS and /etc/hosts");
        }
    }

    private Optional<String> obstacleAt(InetAddress address) {
        String known = this + ": the name is known (" + address.getHostAddress() + "), but ";
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, number), Math.toIntExact(TIMEOUT.toMillis()));
            return Optional.empty();
        } catch (SocketTimeoutException silent) {
            return Optional.of(known + "nothing answers within " + TIMEOUT.toSeconds()
                    + " s; check firewalls, and that the host is up");
        } catch (IOException | IllegalArgumentException refused) {
            return Optional.of(known + "no connection is possible (" + refused.getMessage()
                    + "); check the port, and that the broker runs");
        }
    }

    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + number;
    }
}
