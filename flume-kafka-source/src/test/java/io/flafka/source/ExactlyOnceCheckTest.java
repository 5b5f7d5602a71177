// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.client.TopicAddress;
import io.flafka.exactlyonce.ExactlyOnceChannel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.flume.Channel;
import org.apache.flume.channel.MemoryChannel;
import org.apache.flume.conf.ConfigurationException;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

/** Where {@code delivery.guarantee = exactly-once} of a source is refused when the agent reads its file. */
class ExactlyOnceCheckTest {

    private static final Map<String, String> EXACTLY_ONCE = Map.of(
            "kafka.bootstrap.servers", "a:1",
            "kafka.topics", "t",
            "delivery.guarantee", "exactly-once");

    @Test
    void acceptsAKafkaChannelOfTheSameCluster() {
        ExactlyOnceChannel channel = channel("a:1", List.of());

        check().handOverCommitsTo(List.of(channel));

        Mockito.verify(channel).acceptOffsetsOf("r1");
    }

    @Test
    void readsOnlyWhatIsCommitted() {
        assertThat(SourceSettings.from("r1", EXACTLY_ONCE).consumer().readsCommitted())
                .isTrue();
    }

    @Test
    void refusesAnotherKindOfChannelAndSeveral() {
        Channel memory = new MemoryChannel();
        memory.setName("m1");
        String reason = "delivery.guarantee = exactly-once needs one channel, of type io.flafka.KafkaChannel";

        assertRefused(List.of(memory), reason, "The source has [m1 (MemoryChannel)]");
        assertRefused(List.of(channel("a:1", List.of()), memory), reason);
    }

    @Test
    void refusesAnotherClusterAndAChannelWithoutTransactions() {
        assertRefused(
                List.of(channel("b:2", List.of("kafka.producer.transactional.id = an id"))),
                "delivery.guarantee = exactly-once needs in channel c1: kafka.producer.transactional.id = an id",
                "delivery.guarantee = exactly-once needs in channel c1: the same kafka.bootstrap.servers as the source, which has a:1");
    }

    @Test
    void refusesPropertiesThatContradictIt() {
        Map<String, String> contradicting = new HashMap<>(EXACTLY_ONCE);
        contradicting.put("kafka.consumer.isolation.level", "read_uncommitted");
        contradicting.put("selector.optional", "c1");

        assertThatThrownBy(() -> SourceSettings.from("r1", contradicting))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(
                        "delivery.guarantee = exactly-once needs kafka.consumer.isolation.level = read_committed")
                .hasMessageContaining("selector.optional: remove it");
    }

    private static void assertRefused(List<Channel> channels, String... reasons) {
        assertThatThrownBy(() -> check().handOverCommitsTo(channels))
                .isInstanceOf(ConfigurationException.class)
                .satisfies(refused -> assertThat(refused.getMessage()).contains(reasons));
        // The channel must still start for its sinks.
        if (channels.get(0) instanceof ExactlyOnceChannel ours) {
            Mockito.verify(ours, Mockito.never()).acceptOffsetsOf(Mockito.any());
        }
    }

    private static ExactlyOnceCheck check() {
        return new ExactlyOnceCheck("r1", SourceSettings.from("r1", EXACTLY_ONCE));
    }

    private static ExactlyOnceChannel channel(String broker, List<String> obstacles) {
        ExactlyOnceChannel channel = Mockito.mock(ExactlyOnceChannel.class);
        Mockito.when(channel.getName()).thenReturn("c1");
        Mockito.when(channel.topicAddress()).thenReturn(Optional.of(new TopicAddress("c", Set.of(broker))));
        Mockito.when(channel.obstaclesForSources()).thenReturn(obstacles);
        return channel;
    }
}
