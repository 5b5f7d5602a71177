// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture.pipeline;

import io.flafka.testing.torture.stage.Brokers;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where a pipeline is built.
 *
 * @param brokers the brokers
 * @param settings what the seed has chosen
 * @param components whose components it uses
 * @param directory for files of the agents
 * @param ports for each agent the port on which its source listens
 */
public record Site(
        Brokers brokers, Settings settings, Components components, Path directory, Map<String, Integer> ports) {

    public Site {
        ports = Map.copyOf(ports);
    }

    int port(String agent) {
        return ports.getOrDefault(agent, 0);
    }

    /** Returns an agent's folder. */
    Path directory(String agent) {
        return directory.resolve(agent);
    }

    /** Returns the properties of a Kafka source: everything about Kafka but the topics. */
    Map<String, String> source(String agent, String group) {
        Map<String, String> properties = kafka(agent, components.source());
        consumer(agent, group).forEach((name, value) -> properties.put("kafka.consumer." + name, value));
        properties.putAll(settings.errors());
        return properties;
    }

    /** Returns the properties of a Kafka channel: everything about Kafka but the topic. */
    Map<String, String> channel(String agent, String group) {
        Map<String, String> properties = kafka(agent, components.channel());
        consumer(agent, group).forEach((name, value) -> properties.put("kafka.consumer." + name, value));
        producer(agent).forEach((name, value) -> properties.put("kafka.producer." + name, value));
        properties.put("kafka.commitIntervalMillis", Integer.toString(settings.commitIntervalMillis()));
        properties.put("ordering", settings.ordering().name().toLowerCase(java.util.Locale.ROOT));
        properties.put("consumers", Integer.toString(settings.consumers()));
        properties.putAll(settings.errors());
        return properties;
    }

    /** Returns the properties of a Kafka sink: everything about Kafka but the topic. */
    Map<String, String> sink(String agent) {
        Map<String, String> properties = kafka(agent, components.sink());
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

    private Map<String, String> kafka(String agent, String type) {
        Map<String, String> properties = new TreeMap<>();
        properties.put("type", type);
        properties.put("kafka.bootstrap.servers", brokers.bootstrapServers(agent));
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
