// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture.stage;

import io.flafka.testing.ClientListener;
import io.flafka.testing.ForkedCluster;
import io.flafka.testing.FreePort;
import io.flafka.testing.KafkaBroker;
import io.flafka.testing.Link;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The brokers of a cluster. Each agent has a listener of its own at each broker, behind a {@link Link}, where it must log in and
 * needs rights. The brokers themselves, and the harness, use another listener, which no fault concerns.
 */
public final class Brokers implements AutoCloseable {
    private static final String PROTOCOL = "SASL_PLAINTEXT";
    private static final String MECHANISM = "SCRAM-SHA-256";

    private final ForkedCluster cluster;
    private final Map<String, List<Link>> links;

    private Brokers(ForkedCluster cluster, Map<String, List<Link>> links) {
        this.cluster = cluster;
        this.links = links;
    }

    /** Starts so many, with links for these agents. */
    static Brokers start(int size, List<String> agents) {
        Map<String, List<Link>> links = new TreeMap<>();
        List<List<ClientListener>> listeners = new ArrayList<>();
        for (int broker = 0; broker < size; broker++) {
            List<ClientListener> ofBroker = new ArrayList<>();
            for (String agent : agents) {
                int port = FreePort.find();
                Link link = Link.to(port);
                links.computeIfAbsent(agent, name -> new ArrayList<>()).add(link);
                ofBroker.add(new ClientListener(agent.toUpperCase(Locale.ROOT), PROTOCOL, port, link.port()));
            }
            listeners.add(ofBroker);
        }
        return new Brokers(ForkedCluster.start(properties(agents), listeners), links);
    }

    private static Map<String, String> properties(List<String> agents) {
        Map<String, String> properties = new TreeMap<>();
        properties.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
        // The brokers and the harness do not log in.
        properties.put("super.users", "User:ANONYMOUS");
        properties.put("connection.failed.authentication.delay.ms", "0");
        // A member that is dead or frozen is noticed within seconds.
        properties.put("group.consumer.min.session.timeout.ms", "6000");
        properties.put("group.consumer.session.timeout.ms", "10000");
        // A transaction that nobody ends is aborted within seconds.
        properties.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");
        for (String agent : agents) {
            String listener = "listener.name." + agent + ".";
            properties.put(listener + "sasl.enabled.mechanisms", MECHANISM);
            properties.put(
                    listener + "scram-sha-256.sasl.jaas.config",
                    "org.apache.kafka.common.security.scram.ScramLoginModule required;");
            // A changed password is noticed within seconds.
            properties.put(listener + "scram-sha-256.connections.max.reauth.ms", "5000");
        }
        return properties;
    }

    /** Returns the settings with which an agent logs in. */
    public Map<String, String> login(String agent) {
        return Map.of(
                "security.protocol",
                PROTOCOL,
                "sasl.mechanism",
                MECHANISM,
                "sasl.jaas.config",
                "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"%s\" password=\"%s\";"
                        .formatted(agent, ClusterAdmin.PASSWORD));
    }

    /** Returns the address of all brokers for an agent, behind its links. */
    public String bootstrapServers(String agent) {
        return links(agent).stream().map(link -> "127.0.0.1:" + link.port()).collect(Collectors.joining(","));
    }

    /** Returns the address of all brokers for the harness. */
    public String bootstrapServers() {
        return cluster.bootstrapServers();
    }

    /** Returns the number of brokers, and of replicas of each topic. */
    public int size() {
        return cluster.size();
    }

    /** Returns the broker with node id {@code index + 1}. */
    public KafkaBroker broker(int index) {
        return cluster.brokers().get(index);
    }

    /** Returns an agent's links, one for each broker. */
    public List<Link> links(String agent) {
        return links.getOrDefault(agent, List.of());
    }

    @Override
    public void close() {
        cluster.close();
        links.values().forEach(all -> all.forEach(Link::close));
    }
}
