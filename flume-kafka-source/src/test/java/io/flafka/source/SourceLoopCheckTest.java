// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.client.ClientSettings;
import io.flafka.client.TopicAddress;
import io.flafka.client.TopicBackedChannel;
import io.flafka.testing.LogLines;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.flume.Channel;
import org.apache.flume.channel.MemoryChannel;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

/** Tests when a source warns of a loop. */
class SourceLoopCheckTest {

    private static final ClientSettings CONSUMER = new ClientSettings(Map.of("bootstrap.servers", "a:1,b:2"));

    @Test
    void warnsOfEachChannelThatKeepsItsEventsInAReadTopic() {
        TopicSubscription topics = new TopicSubscription.Listed(List.of("t", "u"));

        assertThat(warnings(topics, channel("c1", "t", "b:2"), new MemoryChannel(), channel("c2", "u", "a:1")))
                .containsExactly(
                        "WARN KafkaSource r1: reads topic t, in which its channel c1 keeps its events: every event loops endlessly. Set"
                                + " another kafka.topic for the channel",
                        "WARN KafkaSource r1: reads topic u, in which its channel c2 keeps its events: every event loops endlessly. Set"
                                + " another kafka.topic for the channel");
    }

    @Test
    void warnsOfATopicThatMatchesThePattern() {
        assertThat(warnings(
                        new TopicSubscription.Matching(Pattern.compile("flume-.*")),
                        channel("c1", "flume-channel", "a:1")))
                .hasSize(1);
    }

    @Test
    void ignoresAnotherTopicAndAnotherCluster() {
        TopicSubscription topics = new TopicSubscription.Listed(List.of("t"));

        assertThat(warnings(topics, channel("c1", "other", "a:1"), channel("c2", "t", "c:3")))
                .isEmpty();
    }

    @Test
    void ignoresAChannelThatIsNotConfigured() {
        TopicBackedChannel channel = Mockito.mock(TopicBackedChannel.class);
        Mockito.when(channel.topicAddress()).thenReturn(Optional.empty());

        assertThat(warnings(new TopicSubscription.Listed(List.of("t")), channel))
                .isEmpty();
    }

    private static List<String> warnings(TopicSubscription topics, Channel... channels) {
        try (LogLines log = new LogLines(SourceLoopCheck.class)) {
            new SourceLoopCheck(topics, CONSUMER).warn("r1", List.of(channels));
            return log.lines();
        }
    }

    private static Channel channel(String name, String topic, String broker) {
        TopicBackedChannel channel = Mockito.mock(TopicBackedChannel.class);
        Mockito.when(channel.getName()).thenReturn(name);
        Mockito.when(channel.topicAddress()).thenReturn(Optional.of(new TopicAddress(topic, Set.of(broker))));
        return channel;
    }
}
