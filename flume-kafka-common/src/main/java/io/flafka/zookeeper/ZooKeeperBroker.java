// SPDX-License-Identifier: Apache-2.0
package io.flafka.zookeeper;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.flafka.config.LogSafeText;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The registration of a broker in ZooKeeper, in any version since Kafka 0.8.
 *
 * @param endpoints the broker's listeners
 */
record ZooKeeperBroker(List<Endpoint> endpoints) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PLAINTEXT = "PLAINTEXT";
    private static final Pattern ENDPOINT = Pattern.compile("([^:/]+)://(.+:\\d+)");

    /**
     * A listener of the broker.
     *
     * @param listener the listener's name
     * @param protocol the listener's security protocol
     * @param address the listener's host and port
     */
    record Endpoint(String listener, String protocol, String address) {}

    ZooKeeperBroker {
        endpoints = List.copyOf(endpoints);
    }

    /**
     * Parses a registration. One without a usable address gives a broker without endpoints.
     *
     * @throws ZooKeeperException if the text is not JSON
     */
    static ZooKeeperBroker parse(String json) throws ZooKeeperException {
        try {
            JsonNode registration = JSON.readTree(json);
            return new ZooKeeperBroker(
                    registration.has("endpoints") ? ofListeners(registration) : ofOnePort(registration));
        } catch (JsonProcessingException notJson) {
            throw new ZooKeeperException(
                    "cannot parse the registration of a broker: " + LogSafeText.value(json), notJson);
        }
    }

    /** Parses version 1: brokers before Kafka 0.9 had one port, without security. */
    private static List<Endpoint> ofOnePort(JsonNode registration) {
        String host = registration.path("host").asText("");
        int port = registration.path("port").asInt(-1);
        return host.isEmpty() || port < 0 ? List.of() : List.of(new Endpoint(PLAINTEXT, PLAINTEXT, host + ":" + port));
    }

    /** Parses versions from 2 on. In versions 2 and 3 a listener's name is its protocol; from version 4 on a map has the protocols. */
    private static List<Endpoint> ofListeners(JsonNode registration) {
        JsonNode protocols = registration.path("listener_security_protocol_map");
        List<Endpoint> endpoints = new ArrayList<>();
        for (JsonNode endpoint : registration.path("endpoints")) {
            Matcher parts = ENDPOINT.matcher(endpoint.asText(""));
            if (parts.matches()) {
                String listener = parts.group(1);
                endpoints.add(new Endpoint(listener, protocols.path(listener).asText(listener), parts.group(2)));
            }
        }
        return endpoints;
    }

    /**
     * Returns the addresses for a security protocol. Of several listeners, prefers the one with the protocol's name: clients usually use that one.
     */
    List<String> addresses(String protocol) {
        List<Endpoint> suitable = endpoints.stream()
                .filter(endpoint -> endpoint.protocol().equals(protocol))
                .toList();
        List<Endpoint> usual = suitable.stream()
                .filter(endpoint -> endpoint.listener().equals(protocol))
                .toList();
        return (usual.isEmpty() ? suitable : usual)
                .stream().map(Endpoint::address).toList();
    }
}
