// SPDX-License-Identifier: Apache-2.0
package io.flafka.dist;

import io.flafka.testing.TestTopic;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The agent files of {@link BadInputIT}. */
final class BadInput {

    private BadInput() {}

    /** Returns an agent with one working flow from a port to a topic, among components with wrong configurations. */
    static String wrongConfiguration(int port, TestTopic topic) {
        return """
                wrong.sources = lines nobrokers greedy
                wrong.channels = memory small nonumber
                wrong.sinks = good nonumber disagree
                wrong.sources.lines.type = netcat
                wrong.sources.lines.bind = 127.0.0.1
                wrong.sources.lines.port = %1$d
                wrong.sources.lines.channels = memory
                wrong.channels.memory.type = memory
                wrong.sinks.good.type = io.flafka.KafkaSink
                wrong.sinks.good.kafka.bootstrap.servers = %2$s
                wrong.sinks.good.topic = %3$s
                wrong.sinks.good.kafka.topik = %3$s
                wrong.sinks.good.channel = memory

                wrong.sources.nobrokers.type = io.flafka.KafkaSource
                wrong.sources.nobrokers.kafka.topics = t
                wrong.sources.nobrokers.channels = memory
                wrong.sources.greedy.type = io.flafka.KafkaSource
                wrong.sources.greedy.kafka.bootstrap.servers = %2$s
                wrong.sources.greedy.kafka.topics = t
                wrong.sources.greedy.channels = small
                wrong.channels.small.type = memory
                wrong.channels.nonumber.type = io.flafka.KafkaChannel
                wrong.channels.nonumber.kafka.bootstrap.servers = %2$s
                wrong.channels.nonumber.kafka.pollTimeout = soon
                wrong.channels.nonumber.parseAsFlumeEvents = false
                wrong.sinks.nonumber.type = io.flafka.KafkaSink
                wrong.sinks.nonumber.kafka.bootstrap.servers = %2$s
                wrong.sinks.nonumber.flumeBatchSize = many
                wrong.sinks.nonumber.channel = memory
                wrong.sinks.disagree.type = io.flafka.KafkaSink
                wrong.sinks.disagree.kafka.bootstrap.servers = %2$s
                wrong.sinks.disagree.kafka.topic = a
                wrong.sinks.disagree.topic = b
                wrong.sinks.disagree.channel = memory
                """.formatted(port, topic.bootstrapServers(), topic.name());
    }

    /**
     * Returns a source, a sink and a channel, each with the other half of its flow. Their topics' names start with
     * {@code id}.
     */
    static String flows(String flow, String brokers, String id, int linesPort, int putsPort) {
        return """
                a.sources.%1$s-read.type = io.flafka.KafkaSource
                a.sources.%1$s-read.kafka.bootstrap.servers = %2$s
                a.sources.%1$s-read.kafka.topics = %3$s-read
                a.sources.%1$s-read.kafka.consumer.group.id = %3$s
                a.sources.%1$s-read.kafka.consumer.auto.offset.reset = earliest
                a.sources.%1$s-read.batchSize = 100
                a.sources.%1$s-read.channels = %1$s-in
                a.channels.%1$s-in.type = memory

                a.sources.%1$s-lines.type = netcat
                a.sources.%1$s-lines.bind = 127.0.0.1
                a.sources.%1$s-lines.port = %4$d
                a.sources.%1$s-lines.channels = %1$s-out
                a.channels.%1$s-out.type = memory
                a.sinks.%1$s-write.type = io.flafka.KafkaSink
                a.sinks.%1$s-write.kafka.bootstrap.servers = %2$s
                a.sinks.%1$s-write.kafka.topic = %3$s-write
                a.sinks.%1$s-write.kafka.producer.max.block.ms = 3000
                a.sinks.%1$s-write.channel = %1$s-out

                a.sources.%1$s-puts.type = netcat
                a.sources.%1$s-puts.bind = 127.0.0.1
                a.sources.%1$s-puts.port = %5$d
                a.sources.%1$s-puts.channels = %1$s-topic
                a.channels.%1$s-topic.type = io.flafka.KafkaChannel
                a.channels.%1$s-topic.kafka.bootstrap.servers = %2$s
                a.channels.%1$s-topic.kafka.topic = %3$s-topic
                a.channels.%1$s-topic.kafka.consumer.group.id = %3$s
                a.channels.%1$s-topic.kafka.producer.max.block.ms = 3000
                """.formatted(flow, brokers, id, linesPort, putsPort);
    }

    /** Returns the sinks at the end of the flow's source and channel. */
    static String sinks(String flow, String sinkType, TestTopic out) {
        return """
                a.sinks.%1$s-through.type = %2$s
                a.sinks.%1$s-through.kafka.bootstrap.servers = %3$s
                a.sinks.%1$s-through.kafka.topic = %4$s
                a.sinks.%1$s-through.allowTopicOverride = false
                a.sinks.%1$s-through.channel = %1$s-in
                a.sinks.%1$s-take.type = %2$s
                a.sinks.%1$s-take.kafka.bootstrap.servers = %3$s
                a.sinks.%1$s-take.kafka.topic = %4$s
                a.sinks.%1$s-take.channel = %1$s-topic
                """.formatted(flow, sinkType, out.bootstrapServers(), out.name());
    }

    /** Returns the names of the components of these flows. */
    static String componentNames(String... flows) {
        return "a.sources = " + each(flows, "%1$s-read %1$s-lines %1$s-puts") + "a.channels = "
                + each(flows, "%1$s-in %1$s-out %1$s-topic") + "a.sinks = "
                + each(flows, "%1$s-through %1$s-write %1$s-take");
    }

    private static String each(String[] flows, String names) {
        return Arrays.stream(flows).map(names::formatted).collect(Collectors.joining(" ", "", "\n"));
    }

    /**
     * Returns two flows of lines, to a sink and to a channel, whose partition header is not a number, and readers of
     * records that are not Flume events.
     */
    static String badEvents(TestTopic topic, TestTopic noEvents, int sinkPort, int channelPort) {
        return """
                bad.sources = toSink toChannel read
                bad.channels = memory puts takes in
                bad.sinks = write drop take
                bad.channels.memory.type = memory
                bad.sinks.write.type = io.flafka.KafkaSink
                bad.sinks.write.kafka.topic = %1$s
                bad.sinks.write.partitionIdHeader = part
                bad.sinks.write.channel = memory
                bad.channels.puts.type = io.flafka.KafkaChannel
                bad.channels.puts.kafka.topic = %1$s
                bad.channels.puts.partitionIdHeader = part
                bad.sinks.drop.type = null
                bad.sinks.drop.channel = puts
                bad.sources.read.type = io.flafka.KafkaSource
                bad.sources.read.kafka.topics = %2$s
                bad.sources.read.kafka.consumer.group.id = source-%2$s
                bad.sources.read.kafka.consumer.auto.offset.reset = earliest
                bad.sources.read.useFlumeEventFormat = true
                bad.sources.read.batchSize = 100
                bad.sources.read.channels = in
                bad.channels.in.type = memory
                bad.channels.takes.type = io.flafka.KafkaChannel
                bad.channels.takes.kafka.topic = %2$s
                bad.channels.takes.kafka.consumer.group.id = channel-%2$s
                bad.sinks.take.type = io.flafka.KafkaSink
                bad.sinks.take.kafka.topic = %1$s
                bad.sinks.take.channel = takes
                """.formatted(topic.name(), noEvents.name())
                + lines("toSink", sinkPort, "memory")
                + lines("toChannel", channelPort, "puts")
                + brokers(
                        topic.bootstrapServers(),
                        "sinks.write",
                        "sinks.take",
                        "channels.puts",
                        "channels.takes",
                        "sources.read");
    }

    private static String lines(String source, int port, String channel) {
        return """
                bad.sources.%1$s.type = netcat
                bad.sources.%1$s.bind = 127.0.0.1
                bad.sources.%1$s.port = %2$d
                bad.sources.%1$s.channels = %3$s
                bad.sources.%1$s.interceptors = east
                bad.sources.%1$s.interceptors.east.type = static
                bad.sources.%1$s.interceptors.east.key = part
                bad.sources.%1$s.interceptors.east.value = east
                """.formatted(source, port, channel);
    }

    private static String brokers(String brokers, String... components) {
        return Arrays.stream(components)
                .map(component -> "bad." + component + ".kafka.bootstrap.servers = " + brokers + "\n")
                .collect(Collectors.joining());
    }
}
