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
 * Builds the settings of a component's Kafka clients: defaults, then the properties for all clients, then those for this client, then the values that
 * the component forces. Errors and warnings are added to the {@link Problems} of the values.
 *
 * <p>For one thread.
 */
public final class ClientSettingsBuilder {

    /** Until Kafka 3 the choice by key was a class, which agent files may name. Kafka 4 does not have it. */
    private static final Set<String> RETIRED_PARTITIONERS = Set.of(
            "kafka.producer.DefaultPartitioner", "org.apache.kafka.clients.producer.internals.DefaultPartitioner");

    private static final Set<String> FILES =
            Set.of(SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG, SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG);

    /** The properties of one store begin alike. */
    private static final List<String> STORES = List.of("ssl.keystore.", "ssl.truststore.");

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

    /** Creates a builder for a component of this process's agent. */
    public static ClientSettingsBuilder of(PropertyValues values) {
        return new ClientSettingsBuilder(
                values, AgentName.ofThisProcess(), TlsDefaults.ofThisProcess(), SmallHeapDefaults.ofThisJvm());
    }

    /**
     * Returns the settings of a consumer.
     *
     * @param clientName the client's name within the agent: the component's name and, if that has several clients, the role
     */
    public ClientSettings consumer(String clientName) {
        return fitToHeap(
                ClientKind.CONSUMER,
                assemble(ClientKind.CONSUMER, clientName, ClientProperties.NO_HOSTNAME_CHECK_CONSUMER));
    }

    /**
     * Returns the settings of several consumers that share their work.
     *
     * @param clientName as in {@link #consumer}; a number is added to it if there are several
     */
    public List<ClientSettings> consumers(String clientName, int count) {
        ClientSettings settings = consumer(clientName);
        return count == 1
                ? List.of(settings)
                : IntStream.range(0, count).mapToObj(settings::numbered).toList();
    }

    /**
     * Returns the settings of a producer.
     *
     * @param clientName the client's name within the agent: the component's name and, if that has several clients, the role
     */
    public ClientSettings producer(String clientName) {
        ClientSettings settings =
                assemble(ClientKind.PRODUCER, clientName, ClientProperties.NO_HOSTNAME_CHECK_PRODUCER);
        return ProducerRules.reconciled(fitToHeap(ClientKind.PRODUCER, settings), problems);
    }

    /**
     * Returns the settings of the producer for the dead letter topic: its own, and those of the component's other clients, as far as they suit it and it
     * is in the same cluster. Its {@code client.id} is unique in the agent, because clients with the same id would share their JMX names, and closing one
     * would remove both.
     *
     * @param kind the kind of component, because a source, a channel and a sink may have the same name
     * @param componentName the component's name
     */
    public ClientSettings deadLetterProducer(String kind, String componentName) {
        String clientName = componentName + "-" + kind;
        Map<String, String> own = values.below(ClientProperties.DEAD_LETTER_PREFIX);
        own.forEach((name, value) -> checkFile(ClientProperties.DEAD_LETTER_PREFIX, name, value));
        DeadLetterProducerSettings.checkOwn(own.keySet(), problems);
        ClientSettings inherited = ClientProperties.deadLetterCluster(values)
                .map(otherCluster ->
                        new ClientSettings(Map.of(CommonClientConfigs.CLIENT_ID_CONFIG, clientId(clientName))))
                .orElseGet(() -> DeadLetterProducerSettings.inherited(
                        assemble(ClientKind.PRODUCER, clientName, ClientProperties.NO_HOSTNAME_CHECK_PRODUCER),
                        assemble(ClientKind.CONSUMER, clientName, ClientProperties.NO_HOSTNAME_CHECK_CONSUMER)));
        Map<String, Object> settings = new TreeMap<>(inherited.properties());
        // Kafka rejects a store beside inline certificates, and a password that does not belong to the store.
        STORES.stream()
                .filter(store -> own.keySet().stream().anyMatch(name -> name.startsWith(store)))
                .forEach(store -> settings.keySet().removeIf(name -> name.startsWith(store)));
        settings.putAll(own);
        values.find(ClientProperties.DEAD_LETTER_BROKERS)
                .ifPresent(brokers -> settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, brokers));
        tls.addTo(settings);
        return DeadLetterProducerSettings.applied(new ClientSettings(settings));
    }

    private ClientSettings fitToHeap(ClientKind kind, ClientSettings settings) {
        Set<String> given =
                new HashSet<>(values.below(ClientProperties.SHARED_PREFIX).keySet());
        given.addAll(values.below(kind.prefix()).keySet());
        return heap.applyTo(kind, settings, given);
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
            if (kind.accepts(name)) {
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

    /** The client's MBeans are named by it, so it must differ from those of stock components in the same agent. */
    private String clientId(String clientName) {
        return "flafka-" + agent.name() + "-" + clientName;
    }

    private void add(ClientKind kind, String prefix, String name, String value, Map<String, Object> settings) {
        if (name.equals(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG)) {
            checkSameBrokers(prefix + name, value);
        }
        for (RestrictedProperty restricted : kind.restricted()) {
            if (restricted.name().equals(name)
                    && !values.declares(kind.prefix() + name)
                    && !restricted.accepts().test(value)) {
                problems.invalid(prefix + name, value, restricted.allowed());
            }
        }
        checkFile(prefix, name, value);
        if (name.equals(ProducerConfig.PARTITIONER_CLASS_CONFIG) && RETIRED_PARTITIONERS.contains(value)) {
            problems.warn(prefix + name + " = " + LogSafeText.quoted(value)
                    + " has no effect: Kafka partitions like this by default; remove it");
        } else {
            settings.put(name, value);
        }
    }

    private void checkFile(String prefix, String name, String value) {
        if (FILES.contains(name) && !new File(value).canRead()) {
            problems.suspect(
                    prefix + name + " = " + LogSafeText.quoted(value) + " is not a readable file on this host");
        }
    }

    private void checkSameBrokers(String name, String value) {
        if (!ClientProperties.BROKERS.parse(value).equals(values.find(ClientProperties.BROKERS))) {
            problems.invalid(
                    name,
                    value,
                    "left out: set " + ClientProperties.BROKERS + " instead, which all clients of a component use");
        }
    }
}
