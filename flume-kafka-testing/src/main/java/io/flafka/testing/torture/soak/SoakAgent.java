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
record SoakAgent(String brokers, Map<String, Long> limits) {
    static final String NAME = "soak";
    static final String INPUT = "soak-input";
    static final String CHANNEL = "soak-channel";
    static final String OUTPUT = "soak-output";
    /** The sink's client, for its quota. */
    static final String SINK_CLIENT = "flafka-soak-publish";

    private static final long MIB = 1024 * 1024;
    private static final String FETCH = "fetch.max.bytes";
    private static final String BUFFER = "buffer.memory";
    /** The default of {@code max.request.size}. */
    private static final long MAX_REQUEST_SIZE = MIB;

    SoakAgent {
        limits = Map.copyOf(limits);
    }

    /** The limits are the defaults. */
    static SoakAgent withDefaults(String brokers) {
        return new SoakAgent(brokers, Map.of());
    }

    /** The limits are small, so that a broken one shows. */
    static SoakAgent withSmallLimits(String brokers) {
        return new SoakAgent(
                brokers,
                Map.of(
                        "sources.read.kafka.consumer." + FETCH,
                        4 * MIB,
                        "channels.queue.kafka.consumer." + FETCH,
                        4 * MIB,
                        "channels.queue.kafka.producer." + BUFFER,
                        8 * MIB,
                        "channels.queue.readAheadBytes",
                        8 * MIB,
                        "sinks.publish.kafka.producer." + BUFFER,
                        8 * MIB));
    }

    /** Returns how many bytes of heap the limits allow together. */
    long heapLimit() {
        return limits.values().stream().mapToLong(Long::longValue).sum();
    }

    /**
     * Returns how many bytes of direct memory the limits allow together. Each thread that reads or writes a socket keeps
     * a direct buffer as large as the largest message it has seen. Of a consumer these are two, because its heartbeat
     * thread also reads what was fetched; of a producer it is one.
     */
    long directLimit() {
        return fetchLimits() * 2
                + limits.keySet().stream().filter(name -> name.endsWith(BUFFER)).count() * MAX_REQUEST_SIZE;
    }

    private long fetchLimits() {
        return limits.entrySet().stream()
                .filter(limit -> limit.getKey().endsWith(FETCH))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    String properties() {
        Map<String, String> properties = new TreeMap<>();
        limits.forEach((name, bytes) -> properties.put(name, Long.toString(bytes)));
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
