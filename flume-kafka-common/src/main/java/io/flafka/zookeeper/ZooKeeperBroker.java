// SPDX-License-Identifier: Apache-2.0
package io.flafka.zookeeper;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A broker as it has registered itself, in any of the forms from Kafka 0.8 on.
 *
 * @param endpoints where it listens
 */
record ZooKeeperBroker(List<Endpoint> endpoints) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PLAINTEXT = "PLAINTEXT";
    private static final Pattern ENDPOINT = Pattern.compile("([^:/]+)://(.+:\\d+)");

    /**
     * One of its listeners.
     *
     * @param listener its name
     * @param protocol the security protocol that is spoken there
     * @param address host and port
     */
    record Endpoint(String listener, String protocol, String address) {}

    /** Keeps a copy. */
    ZooKeeperBroker {
        endpoints = List.copyOf(endpoints);
    }

    /**
     * Reads a registration.
     *
     * @throws ZooKeeperException if it has none of the forms
     */
    static ZooKeeperBroker parse(String json) throws ZooKeeperException {
        try {
            JsonNode registration = JSON.readTree(json);
            return new ZooKeeperBroker(
                    registration.has("endpoints") ? ofListeners(registration) : ofOnePort(registration));
        } catch (JsonProcessingException noJson) {
            throw new ZooKeeperException("a broker's registration cannot be read: " + json, noJson);
        }
    }

    /** Version 1: brokers until Kafka 0.8.2 had one port, without security. */
    private static List<Endpoint> ofOnePort(JsonNode registration) {
        String host = registration.path("host").asText("");
        int port = registration.path("port").asInt(-1);
        return host.isEmpty() || port < 0 ? List.of() : List.of(new Endpoint(PLAINTEXT, PLAINTEXT, host + ":" + port));
    }

    /** Versions 2 and 3: a listener has the name of its protocol; from version 4 on a map says which it is. */
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

    /** Where that protocol is spoken; of several such listeners the one of the same name, which is the usual one for clients. */
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
