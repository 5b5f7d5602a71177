// SPDX-License-Identifier: Apache-2.0
package io.flafka.check.connect;

import io.flafka.channel.ChannelSettings;
import io.flafka.check.agent.Agent;
import io.flafka.check.agent.Component;
import io.flafka.check.agent.ComponentKind;
import io.flafka.check.rule.KafkaComponent;
import io.flafka.client.ClientSettings;
import io.flafka.consume.offsets.ReadRange;
import io.flafka.failure.ClientAccess;
import io.flafka.failure.ClientAccess.TopicUse;
import io.flafka.sink.SinkSettings;
import io.flafka.source.SourceSettings;
import io.flafka.source.TopicSubscription;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;

/**
 * What a component needs of Kafka.
 *
 * @param component the component
 * @param settings the settings of one of its clients
 * @param topics the topics that the agent file names
 * @param pattern the pattern of the topics that it reads instead
 * @param uses what it does with them
 * @param group its consumer group
 * @param range which part of the topics that group reads
 */
record KafkaUse(
        Component component,
        ClientSettings settings,
        List<String> topics,
        Optional<Pattern> pattern,
        Set<TopicUse> uses,
        Optional<String> group,
        ReadRange range) {

    private static final String REQUEST_TIMEOUT_MILLIS = "5000";
    private static final String API_TIMEOUT_MILLIS = "10000";

    /**
     * Returns what a component needs: of a channel twice, if it writes as another user than it reads. Nothing if it is not one of this plugin.
     *
     * @throws org.apache.flume.conf.ConfigurationException if its properties have errors
     */
    static List<KafkaUse> of(Component component, Agent agent) {
        if (KafkaComponent.of(component).isEmpty()) {
            return List.of();
        }
        return switch (component.kind()) {
            case SOURCE -> List.of(ofSource(component));
            case CHANNEL -> ofChannel(component, agent);
            case SINK -> List.of(ofSink(component));
        };
    }

    private static KafkaUse ofSource(Component component) {
        SourceSettings source = SourceSettings.from(component.name(), component.parameters());
        List<String> topics = source.topics() instanceof TopicSubscription.Listed listed ? listed.topics() : List.of();
        Optional<Pattern> pattern = source.topics() instanceof TopicSubscription.Matching matching
                ? Optional.of(matching.pattern())
                : Optional.empty();
        return new KafkaUse(
                component,
                impatient(source.consumer()),
                topics,
                pattern,
                Set.of(TopicUse.READS),
                Optional.of(source.consumer().groupId()),
                source.range());
    }

    /** A channel that no source fills needs no right to write its topic, and one that no sink empties none to read it. */
    private static List<KafkaUse> ofChannel(Component component, Agent agent) {
        ChannelSettings channel = ChannelSettings.from(component.name(), component.parameters());
        ClientSettings consumer = channel.clients().consumers().get(0);
        List<String> topic = List.of(channel.puts().topic());
        KafkaUse writes = new KafkaUse(
                component,
                impatient(channel.clients().producer()),
                topic,
                Optional.empty(),
                Set.of(TopicUse.WRITES),
                Optional.empty(),
                ReadRange.WHOLE);
        KafkaUse reads = new KafkaUse(
                component,
                impatient(consumer),
                topic,
                Optional.empty(),
                Set.of(TopicUse.READS),
                Optional.of(consumer.groupId()),
                channel.reads().range());
        if (!agent.uses(ComponentKind.SOURCE, component)) {
            return List.of(reads);
        }
        if (!agent.uses(ComponentKind.SINK, component)) {
            return List.of(writes);
        }
        return writes.access(TopicUse.READS).equals(reads.access(TopicUse.READS))
                ? List.of(new KafkaUse(
                        component,
                        reads.settings(),
                        topic,
                        Optional.empty(),
                        Set.of(TopicUse.READS, TopicUse.WRITES),
                        reads.group(),
                        reads.range()))
                : List.of(writes, reads);
    }

    /** The topic of a sink may have escapes, so that only events tell it. */
    private static KafkaUse ofSink(Component component) {
        SinkSettings sink = SinkSettings.from(component.name(), component.parameters());
        return new KafkaUse(
                component,
                impatient(sink.producer()),
                sink.topic().contains("%") ? List.of() : List.of(sink.topic()),
                Optional.empty(),
                Set.of(TopicUse.WRITES),
                Optional.empty(),
                ReadRange.WHOLE);
    }

    /** Replaces both limits: the client requires that the second one is not less than the first. */
    private static ClientSettings impatient(ClientSettings settings) {
        Map<String, Object> limited = new TreeMap<>(settings.properties());
        limited.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_TIMEOUT_MILLIS);
        limited.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, API_TIMEOUT_MILLIS);
        return new ClientSettings(limited);
    }

    /** Returns the names of the topics: those in the agent file, or those that match its pattern now. */
    List<String> topicNames(Admin admin) {
        return pattern.map(matching -> KafkaAnswer.of(admin.listTopics().names()).stream()
                        .filter(matching.asMatchPredicate())
                        .sorted()
                        .toList())
                .orElse(topics);
    }

    /** Returns how messages name the brokers and the user. */
    ClientAccess access() {
        return access(uses.contains(TopicUse.READS) ? TopicUse.READS : TopicUse.WRITES);
    }

    /** Returns how messages name the brokers, the user, and the right for a use of a topic. */
    ClientAccess access(TopicUse use) {
        return settings.access(use);
    }
}
