// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture.soak;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The agent file: topic -> Kafka source -> Kafka channel -> Kafka sink -> topic, in an agent named {@code soak}.
 *
 * @param brokers the cluster's address
 * @param limits settings that bound the memory, by the component's full prefix and name
 */
record SoakAgent(String brokers, Map<String, String> limits) {
    static final String NAME = "soak";
    static final String INPUT = "soak-input";
    static final String CHANNEL = "soak-channel";
    static final String OUTPUT = "soak-output";
    /** The sink's client, for its quota. */
    static final String SINK_CLIENT = "flafka-soak-publish";

    private static final long MIB = 1024 * 1024;

    SoakAgent {
        limits = Map.copyOf(limits);
    }

    /** The limits are the defaults. */
    static SoakAgent withDefaults(String brokers) {
        return new SoakAgent(brokers, Map.of());
    }

    /** The limits are small, so that a broken one shows. */
    static SoakAgent withSmallLimits(String brokers) {
        Map<String, String> limits = new TreeMap<>();
        limits.put("sources.read.kafka.consumer.fetch.max.bytes", Long.toString(4 * MIB));
        limits.put("channels.queue.kafka.consumer.fetch.max.bytes", Long.toString(4 * MIB));
        limits.put("channels.queue.kafka.producer.buffer.memory", Long.toString(8 * MIB));
        limits.put("channels.queue.readAheadBytes", Long.toString(8 * MIB));
        limits.put("sinks.publish.kafka.producer.buffer.memory", Long.toString(8 * MIB));
        return new SoakAgent(brokers, limits);
    }

    /** Returns how many bytes the limits allow together. */
    long limit() {
        return limits.values().stream().mapToLong(Long::parseLong).sum();
    }

    String properties() {
        Map<String, String> properties = new TreeMap<>(limits);
        properties.put("sources", "read");
        properties.put("channels", "queue");
        properties.put("sinks", "publish");
        properties.putAll(component("sources.read", "io.flafka.KafkaSource"));
        properties.put("sources.read.kafka.topics", INPUT);
        properties.put("sources.read.kafka.consumer.group.id", "soak-source");
        properties.put("sources.read.kafka.consumer.auto.offset.reset", "earliest");
        properties.put("sources.read.channels", "queue");
        properties.putAll(component("channels.queue", "io.flafka.KafkaChannel"));
        properties.put("channels.queue.kafka.topic", CHANNEL);
        properties.put("channels.queue.kafka.consumer.group.id", "soak-channel");
        properties.putAll(component("sinks.publish", "io.flafka.KafkaSink"));
        properties.put("sinks.publish.kafka.topic", OUTPUT);
        properties.put("sinks.publish.flumeBatchSize", "1000");
        properties.put("sinks.publish.channel", "queue");
        return properties.entrySet().stream()
                .map(property -> NAME + "." + property.getKey() + " = " + property.getValue())
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private Map<String, String> component(String prefix, String type) {
        return Map.of(prefix + ".type", type, prefix + ".kafka.bootstrap.servers", brokers);
    }
}
