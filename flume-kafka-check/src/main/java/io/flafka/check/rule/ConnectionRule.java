// SPDX-License-Identifier: Apache-2.0
package io.flafka.check.rule;

import io.flafka.check.agent.Agent;
import io.flafka.check.agent.Component;
import io.flafka.check.agent.ComponentKind;
import java.util.List;
import java.util.stream.Stream;

/** How sources and sinks are connected to channels. */
final class ConnectionRule implements Rule {

    @Override
    public Stream<Finding> check(Agent agent) {
        if (agent.isKnownLater()) {
            return Stream.empty();
        }
        return agent.components().stream()
                .filter(component -> !component.settings().isEmpty())
                .flatMap(component -> switch (component.kind()) {
                    case SOURCE -> Stream.concat(source(component), undeclared(component, "channels", agent));
                    case SINK -> Stream.concat(sink(component, agent), undeclared(component, "channel", agent));
                    case CHANNEL -> unused(component, agent);
                });
    }

    private static Stream<Finding> source(Component source) {
        if (!source.channels().isEmpty()) {
            return Stream.empty();
        }
        return Stream.of(
                source.value("channel").isPresent()
                        ? Finding.error(
                                source,
                                "channel",
                                " has no effect: a source has channels: write " + source.prefix() + "channels = "
                                        + source.value("channel").orElse(""))
                        : Finding.error(source, "channels", " is missing: write the names of the source's channels"));
    }

    private static Stream<Finding> sink(Component sink, Agent agent) {
        if (!sink.channels().isEmpty()) {
            return sink.channels().get(0).contains(" ")
                    ? Stream.of(Finding.error(sink, "channel", " must be the name of one channel: a sink has only one"))
                    : Stream.empty();
        }
        return Stream.of(sink.settings().keySet().stream()
                .filter(name -> name.equals("channels") || name.endsWith(".channel"))
                .findFirst()
                .map(misprint -> Finding.error(
                        sink,
                        misprint,
                        " has no effect, so the sink has no channel: write " + sink.prefix() + "channel = "
                                + sink.value(misprint).orElse("")))
                .orElseGet(() -> Finding.error(
                        sink,
                        "channel",
                        " is missing: write the name of the sink's channel"
                                + choices(agent.listed(ComponentKind.CHANNEL)))));
    }

    private static Stream<Finding> undeclared(Component component, String property, Agent agent) {
        List<String> known = agent.listed(ComponentKind.CHANNEL);
        return component.channels().stream()
                .filter(channel -> !channel.contains(" ") && !known.contains(channel))
                .map(channel -> Finding.error(
                        component,
                        property,
                        " names " + channel + ", which " + agent.name() + ".channels does not name" + choices(known)));
    }

    private static String choices(List<String> channels) {
        return channels.isEmpty() ? "" : "; channels of this agent: " + String.join(", ", channels);
    }

    /** A Kafka channel can do without a source or a sink: other programs write to its topic, or read from it. */
    private static Stream<Finding> unused(Component channel, Agent agent) {
        boolean isFilled = agent.uses(ComponentKind.SOURCE, channel);
        boolean isEmptied = agent.uses(ComponentKind.SINK, channel);
        if (!isFilled && !isEmptied) {
            return Stream.of(Finding.warning(
                    channel.lineOf("type"),
                    channel.prefix() + "type: no source or sink uses this channel: Flume does not start it"));
        }
        if (KafkaComponent.CHANNEL.is(channel) || (isFilled && isEmptied)) {
            return Stream.empty();
        }
        return Stream.of(Finding.warning(
                channel.lineOf("type"),
                channel.prefix() + "type: "
                        + (isFilled
                                ? "no sink takes events from this channel: it fills up"
                                : "no source puts events into this channel")));
    }
}
