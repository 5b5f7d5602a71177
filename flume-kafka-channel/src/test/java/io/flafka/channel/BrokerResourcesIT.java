// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel;

import static io.flafka.channel.RunningChannels.numbered;
import static io.flafka.channel.RunningChannels.numbers;
import static io.flafka.channel.RunningChannels.put;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.testing.KafkaBrokerExtension;
import io.flafka.testing.ProducerQuota;
import io.flafka.testing.TestTopic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flume.ChannelException;
import org.apache.flume.Event;
import org.apache.flume.event.EventBuilder;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A broker that lacks replicas, quota or disk. A put slows down or fails with the reason, and what was put is delivered. */
@Timeout(180)
class BrokerResourcesIT {

    @RegisterExtension
    static final KafkaBrokerExtension KAFKA =
            KafkaBrokerExtension.cluster(2).with("quota.window.num", "2").with("replica.lag.time.max.ms", "2000");

    private static final Map<String, String> RAW = Map.of("parseAsFlumeEvent", "false");

    private final TestTopic topic = KAFKA.topicOn(0);
    private final RunningChannels channels = new RunningChannels();

    @AfterEach
    void stop() {
        channels.close();
    }

    @Test
    void aPutFailsWithTheReasonWhileTooFewReplicasAreInSync() {
        TestTopic replicated = KAFKA.topicOn(0, 1);
        replicated.configure(Map.of("min.insync.replicas", "2"));
        ChannelComponent channel = channels.start("c1", replicated, withShortTimeouts());
        KAFKA.broker(1).kill();

        await().untilAsserted(() -> assertThatThrownBy(() -> put(channel, numbered(0, 5)))
                .isInstanceOf(ChannelException.class)
                .hasMessageContaining("partition 0 of topic " + replicated.name()
                        + " has 1 of 2 replicas in sync, and min.insync.replicas is 2"));
        KAFKA.broker(1).restart();
        putUntilAccepted(channel, numbered(0, 5));

        assertThat(replicated.readToEnd().stream().map(record -> new String(record.value(), UTF_8)))
                .containsAll(numbers(0, 5));
    }

    @Test
    void putsSlowDownToTheirQuotaWithoutAFailure() {
        ProducerQuota.set(KAFKA.cluster(), 200_000);
        ChannelComponent channel = channels.start("c1", topic, RAW);

        for (int batch = 0; batch < 4; batch++) {
            put(channel, large(batch * 5, 5, 100_000));
        }

        assertThat(topic.readToEnd()).hasSize(20);
    }

    @Test
    void whatWasPutIsDeliveredAfterTheBrokersDiskWasFull() {
        ChannelComponent channel = channels.start("c1", topic, withShortTimeouts());
        List<Event> acknowledged = new ArrayList<>(large(0, 5, 50_000));
        put(channel, acknowledged);
        KAFKA.broker(0).limitFileSize(1_000_000);

        List<Event> all = large(5, 35, 50_000);
        assertThatThrownBy(() -> {
                    for (Event event : all) {
                        put(channel, List.of(event));
                        acknowledged.add(event);
                    }
                })
                .isInstanceOf(ChannelException.class);
        KAFKA.broker(0).awaitStopped();
        KAFKA.broker(0).restart();
        Event afterwards = EventBuilder.withBody("afterwards", UTF_8);
        putUntilAccepted(channel, List.of(afterwards));

        assertThat(bodies(acknowledged.size() + 1, channel))
                .containsAll(Stream.concat(acknowledged.stream(), Stream.of(afterwards))
                        .map(BrokerResourcesIT::body)
                        .toList());
    }

    private static void putUntilAccepted(ChannelComponent channel, List<Event> events) {
        await().ignoreExceptionsInstanceOf(ChannelException.class).until(() -> {
            put(channel, events);
            return true;
        });
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(60));
    }

    private static List<String> bodies(int atLeast, ChannelComponent channel) {
        List<String> bodies = new ArrayList<>();
        while (bodies.size() < atLeast || !bodies.contains("afterwards")) {
            bodies.add(body(RunningChannels.take(channel)));
        }
        return bodies;
    }

    private static String body(Event event) {
        return new String(event.getBody(), UTF_8);
    }

    private static List<Event> large(int first, int count, int bytes) {
        String filler = "x".repeat(bytes);
        return IntStream.range(first, first + count)
                .mapToObj(number -> EventBuilder.withBody(number + filler, UTF_8))
                .toList();
    }

    private static Map<String, String> withShortTimeouts() {
        Map<String, String> properties = new HashMap<>(RAW);
        properties.put("kafka.producer.request.timeout.ms", "5000");
        properties.put("kafka.producer.delivery.timeout.ms", "10000");
        properties.put("kafka.producer.max.block.ms", "10000");
        return properties;
    }
}
