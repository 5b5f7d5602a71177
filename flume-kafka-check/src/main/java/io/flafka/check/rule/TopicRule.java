// SPDX-License-Identifier: Apache-2.0
package io.flafka.check.rule;

import io.flafka.check.agent.Agent;
import io.flafka.check.agent.Component;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Components of one agent that use one topic or one group, which is rarely meant: events circle, or each component gets only some of them. */
final class TopicRule implements Rule {

    private static final String BROKERS = "kafka.bootstrap.servers";
    private static final String TOPIC = "kafka.topic";
    private static final String TOPICS = "kafka.topics";
    private static final String TOPICS_REGEX = "kafka.topics.regex";
    private static final String GROUP = "kafka.consumer.group.id";

    @Override
    public Stream<Finding> check(Agent agent) {
        List<Component> components = agent.components();
        return Stream.concat(
                components.stream()
                        .filter(KafkaComponent.CHANNEL::is)
                        .flatMap(channel -> components.stream()
                                .takeWhile(earlier -> !earlier.equals(channel))
                                .filter(KafkaComponent.CHANNEL::is)
                                .flatMap(earlier -> ofOneGroup(earlier, channel).stream())),
                components.stream().flatMap(component -> circles(component, agent)));
    }

    private static Optional<Finding> ofOneGroup(Component earlier, Component channel) {
        Optional<String> group = KafkaComponent.CHANNEL.value(channel, GROUP);
        if (!onOneCluster(earlier, channel) || !group.equals(KafkaComponent.CHANNEL.value(earlier, GROUP))) {
            return Optional.empty();
        }
        boolean oneTopic = topic(channel).equals(topic(earlier));
        return Optional.of(Finding.warning(
                channel,
                GROUP,
                " = " + group.orElse("") + " is also the group of channel " + earlier.name() + ": "
                        + (oneTopic
                                ? "both have topic " + topic(channel)
                                        + ", so each event is in only one of the two channels; give each"
                                        + " channel a group, and also a topic unless both should deliver every event"
                                : "each change in one interrupts the other; give each channel a group")));
    }

    private static Stream<Finding> circles(Component component, Agent agent) {
        if (KafkaComponent.SOURCE.is(component)) {
            return channels(agent)
                    .filter(channel -> onOneCluster(component, channel) && reads(component, topic(channel)))
                    .map(channel -> ownTopic(component, channel));
        }
        if (KafkaComponent.SINK.is(component)) {
            return Stream.concat(
                    channels(agent)
                            .filter(channel -> component.channels().contains(channel.name()))
                            .filter(channel -> onOneCluster(component, channel)
                                    && KafkaComponent.SINK
                                            .value(component, TOPIC)
                                            .filter(topic(channel)::equals)
                                            .isPresent())
                            .map(channel -> Finding.error(
                                    component,
                                    component.firstGiven(TOPIC, "topic", TOPICS).orElse(TOPIC),
                                    " = " + topic(channel) + " is the topic of the sink's own channel " + channel.name()
                                            + ": each event would be written again and again; write another topic")),
                    sources(agent)
                            .filter(source -> source.channels().stream().anyMatch(component.channels()::contains))
                            .filter(source -> onOneCluster(component, source)
                                    && KafkaComponent.SINK
                                            .value(component, TOPIC)
                                            .filter(topic -> reads(source, topic))
                                            .isPresent())
                            .map(source -> Finding.warning(
                                    component,
                                    component.firstGiven(TOPIC, "topic", TOPICS).orElse(TOPIC),
                                    " = "
                                            + KafkaComponent.SINK
                                                    .value(component, TOPIC)
                                                    .orElse("") + " is a topic that source "
                                            + source.name()
                                            + " of the same channel reads: its events would circle without an end; write"
                                            + " another topic")));
        }
        return Stream.empty();
    }

    private static Finding ownTopic(Component source, Component channel) {
        String property =
                source.firstGiven(TOPICS_REGEX, TOPICS, "topic", TOPIC).orElse(TOPICS);
        return source.channels().contains(channel.name())
                ? Finding.error(
                        source,
                        property,
                        ": topic " + topic(channel) + " is that of the source's own channel " + channel.name()
                                + ": each event would be written again and again; read another topic")
                : Finding.warning(
                        source,
                        property,
                        ": topic " + topic(channel) + " is that of channel " + channel.name()
                                + ", so the source reads what the channel stores; a sink on that channel is enough");
    }

    private static Stream<Component> channels(Agent agent) {
        return agent.components().stream().filter(KafkaComponent.CHANNEL::is);
    }

    private static Stream<Component> sources(Agent agent) {
        return agent.components().stream().filter(KafkaComponent.SOURCE::is);
    }

    private static String topic(Component channel) {
        return KafkaComponent.CHANNEL.value(channel, TOPIC).orElse("");
    }

    private static boolean reads(Component source, String topic) {
        Optional<String> regex = KafkaComponent.SOURCE.value(source, TOPICS_REGEX);
        if (regex.isPresent()) {
            try {
                return Pattern.matches(regex.get(), topic);
            } catch (PatternSyntaxException reportedElsewhere) {
                return false;
            }
        }
        return KafkaComponent.SOURCE.value(source, TOPICS).stream()
                .flatMap(topics -> Arrays.stream(topics.split(",", -1)))
                .map(String::trim)
                .anyMatch(topic::equals);
    }

    private static boolean onOneCluster(Component one, Component other) {
        Set<String> brokers = brokers(one);
        return !brokers.isEmpty() && brokers.equals(brokers(other));
    }

    private static Set<String> brokers(Component component) {
        return KafkaComponent.of(component).flatMap(ours -> ours.value(component, BROKERS)).stream()
                .flatMap(brokers -> Arrays.stream(brokers.split("[,\\s]+", -1)))
                .filter(broker -> !broker.isEmpty())
                .collect(Collectors.toSet());
    }
}
