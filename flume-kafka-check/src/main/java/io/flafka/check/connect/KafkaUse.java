// SPDX-License-Identifier: Apache-2.0
package io.flafka.check.connect;

import io.flafka.channel.ChannelSettings;
import io.flafka.check.agent.Component;
import io.flafka.check.rule.KafkaComponent;
import io.flafka.client.ClientSettings;
import io.flafka.failure.ClientAccess;
import io.flafka.failure.ClientAccess.TopicUse;
import io.flafka.sink.SinkSettings;
import io.flafka.source.SourceSettings;
import io.flafka.source.TopicSubscription;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.clients.CommonClientConfigs;

/**
 * What a component needs of Kafka.
 *
 * @param component the component
 * @param settings the settings of one of its clients
 * @param topics the topics that the agent file names
 * @param pattern the pattern of the topics that it reads instead
 * @param uses what it does with them
 * @param group its consumer group
 */
record KafkaUse(
        Component component,
        ClientSettings settings,
        List<String> topics,
        Optional<Pattern> pattern,
        Set<TopicUse> uses,
        Optional<String> group) {

    private static final String REQUEST_TIMEOUT_MILLIS = "5000";
    private static final String API_TIMEOUT_MILLIS = "10000";

    /**
     * Returns what a component needs; nothing if it is not one of this plugin.
     *
     * @throws org.apache.flume.conf.ConfigurationException if its properties have errors
     */
    static Optional<KafkaUse> of(Component component) {
        return KafkaComponent.of(component).map(ours -> switch (component.kind()) {
            case SOURCE -> ofSource(component);
            case CHANNEL -> ofChannel(component);
            case SINK -> ofSink(component);
        });
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
                Optional.of(source.consumer().groupId()));
    }

    private static KafkaUse ofChannel(Component component) {
        ChannelSettings channel = ChannelSettings.from(component.name(), component.parameters());
        ClientSettings consumer = channel.clients().consumers().get(0);
        return new KafkaUse(
                component,
                impatient(consumer),
                List.of(channel.puts().topic()),
                Optional.empty(),
                Set.of(TopicUse.READS, TopicUse.WRITES),
                Optional.of(consumer.groupId()));
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
                Optional.empty());
    }

    private static ClientSettings impatient(ClientSettings settings) {
        return settings.withDefault(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_TIMEOUT_MILLIS)
                .withDefault(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, API_TIMEOUT_MILLIS);
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
