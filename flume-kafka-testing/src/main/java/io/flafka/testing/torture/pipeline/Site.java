// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture.pipeline;

import io.flafka.testing.torture.load.LoadEvent;
import io.flafka.testing.torture.stage.Brokers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Where a pipeline is built.
 *
 * @param brokers the brokers
 * @param target the brokers that the agents deliver to; the same ones, if there is one cluster
 * @param settings what the seed has chosen
 * @param components whose components it uses
 * @param directory for files of the agents
 * @param ports for each agent the port on which its source listens
 */
public record Site(
        Brokers brokers,
        Brokers target,
        Settings settings,
        Components components,
        Path directory,
        Map<String, Integer> ports) {

    /** The largest record of the output, in bytes, where the load has larger ones. */
    static final String LARGEST = "100000";

    public Site {
        ports = Map.copyOf(ports);
    }

    int port(String agent) {
        return ports.getOrDefault(agent, 0);
    }

    /** Returns an agent's folder. */
    Path directory(String agent) {
        try {
            return Files.createDirectories(directory.resolve(agent));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns an HTTP source, which answers after the channel has the events. */
    Map<String, String> httpSource(String agent) {
        return Map.of("type", "http", "bind", "127.0.0.1", "port", Integer.toString(port(agent)));
    }

    /** Returns a Kafka source that turns the load's record headers into event headers. */
    Map<String, String> source(String agent, String topic, String group) {
        Map<String, String> properties = kafka(brokers, agent, components.source());
        properties.put("kafka.topics", topic);
        Stream.of(LoadEvent.ID, LoadEvent.PARTITION, LoadEvent.OUTPUT_PARTITION)
                .forEach(header -> properties.put("header." + header, header));
        consumer(agent, group).forEach((name, value) -> properties.put("kafka.consumer." + name, value));
        properties.putAll(settings.errors());
        return properties;
    }

    /** Returns a Kafka channel that stores each event in the partition that the load has chosen. */
    Map<String, String> channel(String agent, String topic, String group) {
        Map<String, String> properties = kafka(brokers, agent, components.channel());
        properties.put("kafka.topic", topic);
        properties.put("partitionIdHeader", LoadEvent.PARTITION);
        consumer(agent, group).forEach((name, value) -> properties.put("kafka.consumer." + name, value));
        producer(agent).forEach((name, value) -> properties.put("kafka.producer." + name, value));
        properties.put("kafka.commitIntervalMillis", Integer.toString(settings.commitIntervalMillis()));
        properties.put("ordering", settings.ordering().name().toLowerCase(Locale.ROOT));
        properties.put("consumers", Integer.toString(settings.consumers()));
        properties.putAll(settings.errors());
        return properties;
    }

    /** Returns a Kafka sink. If bad records are skipped, it does not accept the load's huge ones. */
    Map<String, String> sink(String agent, String topic) {
        return sink(target, agent, topic);
    }

    /** Same as {@link #sink(String, String)}, for the cluster with these brokers. */
    Map<String, String> sink(Brokers cluster, String agent, String topic) {
        Map<String, String> properties = kafka(cluster, agent, components.sink());
        properties.put("kafka.topic", topic);
        properties.put("partitionIdHeader", LoadEvent.OUTPUT_PARTITION);
        if (settings.tolerance() == Settings.Tolerance.ALL && settings.sizeLimit() == Settings.SizeLimit.CLIENT) {
            properties.put("kafka.producer.max.request.size", LARGEST);
        }
        producer(agent).forEach((name, value) -> properties.put("kafka.producer." + name, value));
        properties.put("maxInFlightBatches", Integer.toString(settings.maxInFlightBatches()));
        properties.put("allowTopicOverride", "false");
        if (settings.recordForm() == Settings.RecordForm.AVRO) {
            properties.put("useFlumeEventFormat", "true");
        } else {
            properties.put("headers.include", "*");
        }
        properties.putAll(settings.errors());
        return properties;
    }

    private static Map<String, String> kafka(Brokers cluster, String agent, String type) {
        Map<String, String> properties = new TreeMap<>();
        properties.put("type", type);
        properties.put("kafka.bootstrap.servers", cluster.bootstrapServers(agent));
        return properties;
    }

    private Map<String, String> consumer(String agent, String group) {
        Map<String, String> properties = new TreeMap<>(brokers.login(agent));
        properties.putAll(settings.consumer());
        properties.put("group.id", group);
        properties.put("auto.offset.reset", "earliest");
        return properties;
    }

    private Map<String, String> producer(String agent) {
        Map<String, String> properties = new TreeMap<>(brokers.login(agent));
        properties.putAll(settings.producer());
        properties.put("acks", "all");
        return properties;
    }
}
