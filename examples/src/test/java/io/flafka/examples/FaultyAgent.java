// SPDX-License-Identifier: Apache-2.0
package io.flafka.examples;

import io.flafka.testing.FreePort;
import io.flafka.testing.ScramListener;
import java.util.stream.Collectors;

/** An agent file in which each component has a fault of its own. */
final class FaultyAgent {
    /** A class of the operator's in Kafka's consumer. */
    static final String FAILING_CLASS = "com.example.Failing";

    private static final String CHANNELS_AND_SINKS = """
                a1.sources = dead login missing bad deadletters failing slow
                a1.channels = memory full behind broken unusable
                a1.sinks = discarding stuck waiting idle
                a1.channels.memory.type = memory
                a1.channels.memory.capacity = 1000
                a1.channels.memory.transactionCapacity = 1000
                a1.channels.full.type = memory
                a1.channels.full.capacity = 4
                a1.channels.full.transactionCapacity = 4
                a1.channels.behind.type = io.flafka.KafkaChannel
                a1.channels.behind.kafka.bootstrap.servers = ${brokers}
                a1.channels.behind.kafka.topic = behind
                a1.channels.behind.parseAsFlumeEvent = false
                a1.channels.behind.kafka.consumer.auto.offset.reset = earliest
                a1.channels.broken.type = io.flafka.KafkaChannel
                a1.channels.broken.kafka.bootstrap.servers = ${brokers}
                a1.channels.broken.kafka.topic = orders
                a1.channels.broken.kafka.consumer.group.id = flume-broken
                a1.channels.broken.parseAsFlumeEvent = false
                a1.channels.broken.kafka.consumer.auto.offset.reset = earliest
                a1.channels.broken.kafka.consumer.interceptor.classes = ${failing}
                a1.channels.unusable.type = io.flafka.KafkaChannel
                a1.channels.unusable.kafka.bootstrap.servers = ${brokers}
                a1.channels.unusable.kafka.topic = orders
                a1.channels.unusable.kafka.client.security.protocol = SSL
                a1.channels.unusable.kafka.client.ssl.truststore.location = /does/not/exist.p12
                a1.sinks.idle.type = null
                a1.sinks.idle.channel = unusable
                a1.sinks.waiting.type = null
                a1.sinks.waiting.channel = broken
                a1.sinks.discarding.type = null
                a1.sinks.discarding.channel = memory
                a1.sinks.stuck.type = io.flafka.KafkaSink
                a1.sinks.stuck.kafka.bootstrap.servers = ${brokers}
                a1.sinks.stuck.kafka.topic = orders-checked
                a1.sinks.stuck.kafka.producer.max.request.size = 2000
                a1.sinks.stuck.channel = behind
                """;

    private FaultyAgent() {}

    /**
     * Returns the agent file.
     *
     * @param brokers where all topics are
     * @param logins where a source is not let in
     */
    static AgentFile file(String brokers, ScramListener logins) {
        return new AgentFile(CHANNELS_AND_SINKS.replace("${brokers}", brokers).replace("${failing}", FAILING_CLASS)
                + unconnectedSources(logins)
                + source("missing", "does-not-exist", "memory", brokers)
                + source("bad", "not-events", "memory", brokers)
                + "a1.sources.bad.useFlumeEventFormat = true\n"
                + "a1.sources.bad.errors.tolerance = all\n"
                + source("deadletters", "not-events", "memory", brokers)
                + "a1.sources.deadletters.useFlumeEventFormat = true\n"
                + "a1.sources.deadletters.errors.tolerance = all\n"
                + "a1.sources.deadletters.errors.deadletterqueue.topic.name = too-small\n"
                + source("failing", "orders", "memory", brokers)
                + "a1.sources.failing.kafka.consumer.interceptor.classes = " + FAILING_CLASS + "\n"
                + source("slow", "many", "full", brokers)
                + "a1.sources.slow.batchSize = 2\n"
                + "a1.sources.slow.kafka.consumer.max.poll.interval.ms = 1000\n");
    }

    private static String unconnectedSources(ScramListener logins) {
        String login = logins.clientProperties("a1.sources.login.kafka.consumer.", "nobody").entrySet().stream()
                .map(property -> property.getKey() + " = " + property.getValue())
                .collect(Collectors.joining("\n"));
        return source("dead", "orders", "memory", "127.0.0.1:" + FreePort.find())
                + source("login", "orders", "memory", logins.bootstrapServers())
                + login
                + "\n";
    }

    private static String source(String name, String topic, String channel, String brokers) {
        return """
                a1.sources.NAME.type = io.flafka.KafkaSource
                a1.sources.NAME.kafka.bootstrap.servers = %s
                a1.sources.NAME.kafka.topics = %s
                a1.sources.NAME.kafka.consumer.group.id = flume-NAME
                a1.sources.NAME.kafka.consumer.auto.offset.reset = earliest
                a1.sources.NAME.channels = %s
                """.formatted(brokers, topic, channel).replace("NAME", name);
    }

    /** A class of the operator's own, which needs a library that he has forgotten. */
    static String failingInterceptor() {
        return """
                package com.example;
                import java.util.Map;
                import org.apache.kafka.clients.consumer.ConsumerInterceptor;
                import org.apache.kafka.clients.consumer.ConsumerRecords;
                import org.apache.kafka.clients.consumer.OffsetAndMetadata;
                import org.apache.kafka.common.TopicPartition;
                public class Failing implements ConsumerInterceptor<Object, Object> {
                    @Override public ConsumerRecords<Object, Object> onConsume(ConsumerRecords<Object, Object> records) {
                        throw new NoClassDefFoundError("com/example/Forgotten");
                    }
                    @Override public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {}
                    @Override public void close() {}
                    @Override public void configure(Map<String, ?> settings) {}
                }
                """;
    }
}
