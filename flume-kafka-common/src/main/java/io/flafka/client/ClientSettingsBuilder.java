// SPDX-License-Identifier: Apache-2.0
package io.flafka.client;

import io.flafka.config.AgentName;
import io.flafka.config.LogSafeText;
import io.flafka.config.Problems;
import io.flafka.config.Property;
import io.flafka.config.PropertyValues;
import java.io.File;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.SslConfigs;

/**
 * Puts together the settings of a component's Kafka clients: defaults, then what all its clients share, then what is the one client's
 * own, then what the component insists on. What is wrong goes to the problems of the values it reads.
 *
 * <p>For one thread.
 */
public final class ClientSettingsBuilder {

    /** Kafka's choice by key was a class once, in 0.8 and until 3; agent files name it, and Kafka 4 does not have it. */
    private static final Set<String> RETIRED_PARTITIONERS = Set.of(
            "kafka.producer.DefaultPartitioner", "org.apache.kafka.clients.producer.internals.DefaultPartitioner");

    private static final Set<String> FILES =
            Set.of(SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG, SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG);

    private final PropertyValues values;
    private final Problems problems;
    private final AgentName agent;
    private final TlsDefaults tls;
    private final SmallHeapDefaults heap;

    ClientSettingsBuilder(PropertyValues values, AgentName agent, TlsDefaults tls, SmallHeapDefaults heap) {
        this.values = values;
        this.problems = values.problems();
        this.agent = agent;
        this.tls = tls;
        this.heap = heap;
        heap.note().ifPresent(problems::note);
        checkBrokersAreGiven();
    }

    /** For a component of the agent that this process runs. */
    public static ClientSettingsBuilder of(PropertyValues values) {
        return new ClientSettingsBuilder(
                values, AgentName.ofThisProcess(), TlsDefaults.ofThisProcess(), SmallHeapDefaults.ofThisJvm());
    }

    /**
     * The settings of a consumer.
     *
     * @param clientName distinguishes it within the agent: the component's name and, where it has several clients, the role
     */
    public ClientSettings consumer(String clientName) {
        return sized(
                ClientKind.CONSUMER,
                assemble(ClientKind.CONSUMER, clientName, ClientProperties.NO_HOSTNAME_CHECK_CONSUMER));
    }

    /**
     * The settings of consumers that share their work.
     *
     * @param clientName as for a single one, which has no number
     */
    public List<ClientSettings> consumers(String clientName, int count) {
        ClientSettings settings = consumer(clientName);
        return count == 1
                ? List.of(settings)
                : IntStream.range(0, count).mapToObj(settings::numbered).toList();
    }

    /**
     * The settings of a producer.
     *
     * @param clientName distinguishes it within the agent: the component's name and, where it has several clients, the role
     */
    public ClientSettings producer(String clientName) {
        ClientSettings settings =
                assemble(ClientKind.PRODUCER, clientName, ClientProperties.NO_HOSTNAME_CHECK_PRODUCER);
        return ProducerRules.reconciled(sized(ClientKind.PRODUCER, settings), problems);
    }

    /**
     * The settings of the producer that writes bad records to a topic of their own: those of the component's other clients, as far as they suit it. Its
     * {@code client.id} is unique in the agent: two clients with the same one would share their JMX names, and closing one would remove both.
     *
     * @param kind of component: a source, a channel and a sink may have one name
     * @param componentName distinguishes it within the agent
     */
    public ClientSettings deadLetterProducer(String kind, String componentName) {
        String clientName = componentName + "-" + kind;
        return DeadLetterProducerRules.applied(
                assemble(ClientKind.PRODUCER, clientName, ClientProperties.NO_HOSTNAME_CHECK_PRODUCER),
                assemble(ClientKind.CONSUMER, clientName, ClientProperties.NO_HOSTNAME_CHECK_CONSUMER));
    }

    private ClientSettings sized(ClientKind kind, ClientSettings settings) {
        Set<String> given =
                new HashSet<>(values.below(ClientProperties.SHARED_PREFIX).keySet());
        given.addAll(values.below(kind.prefix()).keySet());
        return heap.sized(kind, settings, given);
    }

    private void checkBrokersAreGiven() {
        if (!values.isGiven(ClientProperties.BROKERS) && !values.isGiven(ClientProperties.ZOOKEEPER)) {
            problems.error(ClientProperties.BROKERS + " is missing: write the brokers as "
                    + ClientProperties.BROKERS.allowed());
        }
    }

    private ClientSettings assemble(ClientKind kind, String clientName, Property<Boolean> noHostnameCheck) {
        Map<String, Object> settings = new TreeMap<>(kind.defaults());
        settings.put(CommonClientConfigs.CLIENT_ID_CONFIG, clientId(clientName));
        settings.putAll(values.defaultsBelow(kind.prefix()));
        values.below(ClientProperties.SHARED_PREFIX).forEach((name, value) -> {
            if (kind.takes(name)) {
                add(kind, ClientProperties.SHARED_PREFIX, name, value, settings);
            }
        });
        values.below(kind.prefix()).forEach((name, value) -> add(kind, kind.prefix(), name, value, settings));
        settings.putAll(kind.forced());
        values.find(ClientProperties.BROKERS)
                .ifPresent(brokers -> settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, brokers));
        settings.remove(ClientProperties.NO_HOSTNAME_CHECK);
        if (values.find(noHostnameCheck).orElseGet(() -> values.get(ClientProperties.NO_HOSTNAME_CHECK_SHARED))) {
            settings.put(SslConfigs.SSL_ENDPOINT_IDENTIFICATION_ALGORITHM_CONFIG, "");
        }
        tls.addTo(settings);
        return new ClientSettings(settings);
    }

    /** The client's MBeans carry it, so it must be none that the stock components beside us use. */
    private String clientId(String clientName) {
        return "flafka-" + agent.name() + "-" + clientName;
    }

    private void add(ClientKind kind, String prefix, String name, String value, Map<String, Object> settings) {
        if (name.equals(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG)) {
            checkSameBrokers(prefix + name, value);
        }
        for (RestrictedProperty owned : kind.owned()) {
            if (owned.name().equals(name)
                    && !values.declares(kind.prefix() + name)
                    && !owned.accepts().test(value)) {
                problems.invalid(prefix + name, value, owned.allowed());
            }
        }
        if (FILES.contains(name) && !new File(value).canRead()) {
            problems.suspect(prefix + name + " = " + LogSafeText.quoted(value) + " is no file that can be read here");
        }
        if (name.equals(ProducerConfig.PARTITIONER_CLASS_CONFIG) && RETIRED_PARTITIONERS.contains(value)) {
            problems.warn(prefix + name + " = " + LogSafeText.quoted(value)
                    + " has no effect: Kafka chooses so by itself; remove it");
        } else {
            settings.put(name, value);
        }
    }

    private void checkSameBrokers(String name, String value) {
        if (!ClientProperties.BROKERS.parse(value).equals(values.find(ClientProperties.BROKERS))) {
            problems.invalid(
                    name,
                    value,
                    "left out: write " + ClientProperties.BROKERS + ", which all clients of a component use");
        }
    }
}
