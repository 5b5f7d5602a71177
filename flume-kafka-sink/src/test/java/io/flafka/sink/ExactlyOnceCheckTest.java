// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

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
import org.apache.flume.Context;
import org.apache.flume.channel.MemoryChannel;
import org.apache.flume.conf.ConfigurationException;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

/** Where {@code delivery.guarantee = exactly-once} is refused when the agent reads its file. */
class ExactlyOnceCheckTest {

    private static final Map<String, String> EXACTLY_ONCE = Map.of(
            "kafka.bootstrap.servers", "a:1",
            "kafka.topic", "t",
            "kafka.producer.transactional.id", "tx",
            "delivery.guarantee", "exactly-once");

    @Test
    void takesOverTheCommitsOfAKafkaChannelOfTheSameCluster() {
        ExactlyOnceChannel channel = channel("a:1", List.of());

        sink(EXACTLY_ONCE).setChannel(channel);

        Mockito.verify(channel).leaveCommitsTo("k1");
    }

    @Test
    void atLeastOnceLeavesTheChannelAsItIs() {
        ExactlyOnceChannel channel = channel("a:1", List.of());

        sink(Map.of("kafka.bootstrap.servers", "a:1")).setChannel(channel);

        Mockito.verify(channel, Mockito.never()).leaveCommitsTo(Mockito.any());
    }

    @Test
    void refusesAnotherKindOfChannel() {
        Channel memory = new MemoryChannel();
        memory.setName("m1");

        assertRefused(
                memory,
                "delivery.guarantee = exactly-once needs in channel m1: type = io.flafka.KafkaChannel: a sink can commit only the"
                        + " offsets of a Kafka channel");
    }

    @Test
    void refusesAnotherClusterAndEachSettingOfTheChannelAtOnce() {
        assertRefused(
                channel(
                        "b:2",
                        List.of("ordering = partition: why", "kafka.consumer.isolation.level = read_committed: why")),
                "delivery.guarantee = exactly-once needs in channel c1: ordering = partition: why",
                "delivery.guarantee = exactly-once needs in channel c1: kafka.consumer.isolation.level = read_committed: why",
                "delivery.guarantee = exactly-once needs in channel c1: the same kafka.bootstrap.servers as the sink, which has a:1");
    }

    @Test
    void refusesToBeWithoutATransactionalId() {
        Map<String, String> without = new HashMap<>(EXACTLY_ONCE);
        without.remove("kafka.producer.transactional.id");

        assertThatThrownBy(() -> sink(without))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("delivery.guarantee = exactly-once needs kafka.producer.transactional.id");
    }

    private static void assertRefused(Channel channel, String... reasons) {
        SinkComponent sink = sink(EXACTLY_ONCE);
        assertThatThrownBy(() -> sink.setChannel(channel))
                .isInstanceOf(ConfigurationException.class)
                .satisfies(refused -> assertThat(refused.getMessage()).contains(reasons));
        // Other sinks of the channel must still work.
        if (channel instanceof ExactlyOnceChannel ours) {
            Mockito.verify(ours, Mockito.never()).leaveCommitsTo(Mockito.any());
        }
    }

    private static SinkComponent sink(Map<String, String> properties) {
        SinkComponent sink = new SinkComponent();
        sink.setName("k1");
        sink.configure(new Context(properties));
        return sink;
    }

    private static ExactlyOnceChannel channel(String broker, List<String> obstacles) {
        ExactlyOnceChannel channel = Mockito.mock(ExactlyOnceChannel.class);
        Mockito.when(channel.getName()).thenReturn("c1");
        Mockito.when(channel.topicAddress()).thenReturn(Optional.of(new TopicAddress("in", Set.of(broker))));
        Mockito.when(channel.obstaclesForSinks()).thenReturn(obstacles);
        return channel;
    }
}
