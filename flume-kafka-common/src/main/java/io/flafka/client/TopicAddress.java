// SPDX-License-Identifier: Apache-2.0
package io.flafka.client;

import java.util.Collections;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.CommonClientConfigs;

/**
 * A topic of a cluster, as far as the agent file tells one cluster from another.
 *
 * @param topic its name
 * @param brokers that were named, by host and port
 */
public record TopicAddress(String topic, Set<String> brokers) {

    /** Keeps a copy. */
    public TopicAddress {
        brokers = Set.copyOf(brokers);
    }

    /** The topic of that name where a client of these settings looks for it. */
    public static TopicAddress of(String topic, ClientSettings client) {
        return new TopicAddress(topic, brokersOf(client));
    }

    /** Whether it is in the cluster of such a client: they have a broker in common. One broker under two names is not seen. */
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
