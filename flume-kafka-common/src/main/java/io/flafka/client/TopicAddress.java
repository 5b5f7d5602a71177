// SPDX-License-Identifier: Apache-2.0
package io.flafka.client;

import java.util.Collections;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.CommonClientConfigs;

/**
 * A topic and its cluster, as far as the agent file identifies the cluster.
 *
 * @param topic the topic's name
 * @param brokers the host and port of the cluster's brokers in the agent file
 */
public record TopicAddress(String topic, Set<String> brokers) {

    /** Copies the brokers. */
    public TopicAddress {
        brokers = Set.copyOf(brokers);
    }

    /** Returns the address of a topic in the cluster of a client with these settings. */
    public static TopicAddress of(String topic, ClientSettings client) {
        return new TopicAddress(topic, brokersOf(client));
    }

    /**
     * Returns whether the topic is in the cluster of a client with these settings: both name the same broker. Aliases of a broker are not recognized.
     */
    public boolean isInClusterOf(ClientSettings client) {
        return !Collections.disjoint(brokers, brokersOf(client));
    }

    private static Set<String> brokersOf(ClientSettings client) {
        Object named = client.properties().getOrDefault(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, "");
        return Stream.of(named.toString().split(",", -1))
                .map(broker -> broker.substring(broker.indexOf("//") < 0 ? 0 : broker.indexOf("//") + 2))
                .map(broker -> broker.strip().toLowerCase(Locale.ROOT))
                .filter(broker -> !broker.isEmpty())
                .collect(Collectors.toSet());
    }
}
