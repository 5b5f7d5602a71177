// SPDX-License-Identifier: Apache-2.0
package io.flafka.dist;

import io.flafka.testing.security.Access;
import io.flafka.testing.security.Right;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A flow of an agent from topic to topic: Kafka source, Kafka channel, Kafka sink, each with its login. Immutable.
 *
 * @param name the name of the three components, and a part of the names of topics and groups
 * @param title what the page calls the login
 * @param source the source's login
 * @param channel the channel's login
 * @param sink the sink's login
 * @param further further properties of the three components, such as {@code sinks.flumeBatchSize}
 */
record SecuredFlow(String name, String title, Login source, Login channel, Login sink, Map<String, String> further) {

    private static final String PROPERTIES = """
            a.sources.%1$s.type = io.flafka.KafkaSource
            a.sources.%1$s.channels = %1$s
            a.sources.%1$s.kafka.topics = in-%1$s
            a.sources.%1$s.kafka.consumer.group.id = source-%1$s
            a.sources.%1$s.kafka.consumer.auto.offset.reset = earliest
            a.channels.%1$s.type = io.flafka.KafkaChannel
            a.channels.%1$s.kafka.topic = channel-%1$s
            a.channels.%1$s.kafka.consumer.group.id = channel-%1$s
            a.sinks.%1$s.type = io.flafka.KafkaSink
            a.sinks.%1$s.channel = %1$s
            a.sinks.%1$s.kafka.topic = out-%1$s
            a.sinks.%1$s.allowTopicOverride = false
            """;

    SecuredFlow {
        further = Map.copyOf(further);
    }

    /** Returns a flow whose components all log in the same way. */
    static SecuredFlow of(String name, String title, Login login) {
        return new SecuredFlow(name, title, login, login, login, Map.of());
    }

    /** Returns the agent file of several flows. */
    static String agentFile(List<SecuredFlow> flows) {
        String names = flows.stream().map(SecuredFlow::name).collect(Collectors.joining(" "));
        return """
                a.configfilters = env
                a.configfilters.env.type = env
                a.sources = %1$s
                a.channels = %1$s
                a.sinks = %1$s
                """.formatted(names)
                + flows.stream().map(SecuredFlow::properties).collect(Collectors.joining());
    }

    String in() {
        return "in-" + name;
    }

    String out() {
        return "out-" + name;
    }

    /** Returns the names of its topics. */
    List<String> topics() {
        return List.of(in(), channelTopic(), out());
    }

    /** Returns the rights that docs/security.md lists for a component, by principal. */
    Map<String, Set<Right>> rights() {
        Map<String, Set<Right>> rights = new TreeMap<>();
        add(rights, source, Set.of(Right.readTopic(in()), Right.readGroup(sourceGroup())));
        add(
                rights,
                channel,
                Set.of(
                        Right.readTopic(channelTopic()),
                        Right.writeTopic(channelTopic()),
                        Right.readGroup(channelGroup())));
        add(rights, sink, Set.of(Right.writeTopic(out())));
        return rights;
    }

    /** Returns whether the broker has seen the source read with its principal. */
    boolean sourceIsIn(Set<Access> accesses) {
        return accesses.contains(Access.allowed(source.principal(), "read", "topic:" + in()))
                && accesses.contains(Access.allowed(source.principal(), "read", "group:" + sourceGroup()));
    }

    /** Returns whether the broker has seen the channel write and read with its principal. */
    boolean channelIsIn(Set<Access> accesses) {
        return accesses.contains(Access.allowed(channel.principal(), "write", "topic:" + channelTopic()))
                && accesses.contains(Access.allowed(channel.principal(), "read", "topic:" + channelTopic()))
                && accesses.contains(Access.allowed(channel.principal(), "read", "group:" + channelGroup()));
    }

    /** Returns whether the broker has seen the sink write with its principal. */
    boolean sinkIsIn(Set<Access> accesses) {
        return accesses.contains(Access.allowed(sink.principal(), "write", "topic:" + out()));
    }

    private String properties() {
        StringBuilder lines = new StringBuilder(PROPERTIES.formatted(name));
        source.settings().forEach((key, value) -> append(lines, "sources", key, value));
        channel.settings().forEach((key, value) -> append(lines, "channels", key, value));
        sink.settings().forEach((key, value) -> append(lines, "sinks", key, value));
        further.forEach((key, value) -> {
            int dot = key.indexOf('.');
            append(lines, key.substring(0, dot), key.substring(dot + 1), value);
        });
        return lines.toString();
    }

    private void append(StringBuilder lines, String kind, String key, String value) {
        // A value may have several lines, such as a certificate.
        lines.append(
                "a.%s.%s.%s = %s%n".formatted(kind, name, key, value.strip().replace("\n", "\\n\\\n")));
    }

    String sourceGroup() {
        return "source-" + name;
    }

    String channelGroup() {
        return "channel-" + name;
    }

    String channelTopic() {
        return "channel-" + name;
    }

    private static void add(Map<String, Set<Right>> rights, Login login, Set<Right> more) {
        rights.merge(login.principal(), more, SecuredFlow::union);
    }

    private static Set<Right> union(Set<Right> some, Set<Right> more) {
        Set<Right> all = new HashSet<>(some);
        all.addAll(more);
        return Set.copyOf(all);
    }
}
