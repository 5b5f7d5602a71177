// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing;

import java.util.Map;

/**
 * A further listener of a broker, on loopback.
 *
 * @param name the listener's name
 * @param protocol its security protocol
 * @param port the port on which the broker listens
 * @param advertisedPort the port to which clients connect: the same one, or that of a relay
 */
public record ClientListener(String name, String protocol, int port, int advertisedPort) {

    /** Adds the listener to a broker's properties. */
    void addTo(Map<String, String> properties) {
        String address = name + "://" + NodeProperties.bootstrap(port);
        String advertised = name + "://" + NodeProperties.bootstrap(advertisedPort);
        properties.merge("listeners", address, ClientListener::list);
        properties.merge("advertised.listeners", advertised, ClientListener::list);
        properties.merge("listener.security.protocol.map", name + ":" + protocol, ClientListener::list);
    }

    private static String list(String first, String second) {
        return first + "," + second;
    }
}
