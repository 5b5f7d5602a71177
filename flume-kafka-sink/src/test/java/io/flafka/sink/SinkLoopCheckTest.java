// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.client.TopicAddress;
import io.flafka.client.TopicBackedChannel;
import io.flafka.testing.LogLines;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.flume.Channel;
import org.apache.flume.channel.MemoryChannel;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

/** The warning about a sink whose events come back. */
class SinkLoopCheckTest {

    @Test
    void warnsIfChannelKeepsEventsInTopicOfSink() {
        assertThat(logged(channel("t", "a:1")))
                .containsExactly(
                        "WARN KafkaSink k1: writes to topic t, in which its channel c1 keeps its events: each event comes back and is"
                                + " written again, in an endless loop. Set kafka.topic to another topic");
    }

    @Test
    void doesNotWarnOfAnotherTopicClusterOrKindOfChannel() {
        assertThat(logged(channel("other", "a:1"))).isEmpty();
        assertThat(logged(channel("t", "b:2"))).isEmpty();
        assertThat(logged(new MemoryChannel())).isEmpty();
    }

    private static List<String> logged(Channel channel) {
        SinkSettings settings = SinkSettings.from("k1", Map.of("kafka.bootstrap.servers", "a:1", "kafka.topic", "t"));
        try (LogLines log = new LogLines(SinkLoopCheck.class)) {
            new SinkLoopCheck(settings).warnIfLoop("k1", channel);
            return log.lines();
        }
    }

    private static Channel channel(String topic, String broker) {
        TopicBackedChannel channel = Mockito.mock(TopicBackedChannel.class);
        Mockito.when(channel.getName()).thenReturn("c1");
        Mockito.when(channel.topicAddress()).thenReturn(Optional.of(new TopicAddress(topic, Set.of(broker))));
        return channel;
    }
}
