// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.testing.KafkaBrokerExtension;
import io.flafka.testing.SenderThreadKiller;
import io.flafka.testing.TestTopic;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flume.ChannelException;
import org.apache.flume.Event;
import org.apache.flume.event.EventBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests a producer that does not answer: the put fails within a bounded time, and the next one succeeds. */
class ChannelProducerIT {

    @RegisterExtension
    static final KafkaBrokerExtension KAFKA = KafkaBrokerExtension.shared();

    private final RunningChannels channels = new RunningChannels();
    private final TestTopic topic = KAFKA.topic();

    @AfterEach
    void stop() {
        channels.close();
    }

    /** Kafka's client splits a batch endlessly if a tiny record fills the last bytes after one that is too large. */
    @Test
    void findsATooLargeRecordAtTheSecondAttemptIfTheClientSplitsItsBatchEndlessly() {
        TestTopic dead = KAFKA.topic();
        topic.configure(Map.of("max.message.bytes", "15000"));
        ChannelComponent channel = withShortTimeouts(Map.of(
                "errors.tolerance",
                "all",
                "errors.deadletterqueue.topic.name",
                dead.name(),
                // Long enough that both are in one batch, also on a busy machine.
                "kafka.producer.linger.ms",
                "1000"));
        List<Event> events = List.of(EventBuilder.withBody(new byte[20_000]), EventBuilder.withBody("x", UTF_8));

        RunningChannels.put(channel, RunningChannels.numbered(0, 1));

        assertThatThrownBy(() -> RunningChannels.put(channel, events))
                .isInstanceOf(ChannelException.class)
                .hasMessageStartingWith("KafkaChannel c1: record 1 of 2, for topic " + topic.name()
                        + ", was not acknowledged: no answer in time from ");
        RunningChannels.put(channel, events);

        assertThat(topic.readValues(2)).containsExactly("0", "x");
        assertThat(dead.readToEnd()).extracting(letter -> letter.value().length).containsExactly(20_000);
    }

    @Test
    void aProducerWhoseThreadHasDiedFailsOneTransactionAndIsReplaced() {
        ChannelComponent channel =
                withShortTimeouts(Map.of("kafka.producer.interceptor.classes", SenderThreadKiller.class.getName()));
        SenderThreadKiller.arm();

        assertThatThrownBy(() -> {
                    RunningChannels.put(channel, RunningChannels.numbered(0, 1));
                    RunningChannels.put(channel, RunningChannels.numbered(1, 1));
                })
                .isInstanceOf(ChannelException.class)
                .hasMessage("KafkaChannel c1: record 1 of 1, for topic " + topic.name()
                        + ", was not acknowledged: no answer from Kafka's client in 6 s, longer than its delivery.timeout.ms; the"
                        + " client is replaced; retrying");
        RunningChannels.put(channel, RunningChannels.numbered(1, 1));

        assertThat(topic.readToEnd())
                .extracting(record -> new String(record.value(), UTF_8))
                .contains("1");
    }

    private ChannelComponent withShortTimeouts(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("parseAsFlumeEvent", "false");
        all.put("kafka.producer.request.timeout.ms", "2500");
        all.put("kafka.producer.delivery.timeout.ms", "4000");
        return channels.start("c1", topic, all);
    }
}
