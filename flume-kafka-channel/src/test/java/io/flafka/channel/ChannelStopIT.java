// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel;

import static io.flafka.channel.RunningChannels.numbered;
import static io.flafka.channel.RunningChannels.numbers;
import static io.flafka.channel.RunningChannels.put;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.flafka.testing.KafkaBrokerExtension;
import io.flafka.testing.TestTopic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.flume.ChannelException;
import org.apache.flume.Transaction;
import org.apache.flume.event.EventBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests the stop of a channel with open transactions. */
class ChannelStopIT {

    @RegisterExtension
    static final KafkaBrokerExtension KAFKA = KafkaBrokerExtension.shared();

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final RunningChannels channels = new RunningChannels();
    private final TestTopic topic = KAFKA.topic();

    @AfterEach
    void stop() {
        channels.close();
    }

    @Test
    void stopsDuringATakeTransactionWhoseEventsAreDeliveredAgain() {
        ChannelComponent channel = channels.start(
                "c1", topic, Map.of("kafka.revocationGraceMillis", "500", "kafka.consumer.group.id", "stopped"));
        put(channel, numbered(0, 3));
        Transaction open = channel.getTransaction();
        open.begin();
        assertThat(await().pollInSameThread()
                        .atMost(PATIENCE)
                        .until(channel::take, event -> event != null)
                        .getBody())
                .isEqualTo("0".getBytes(UTF_8));

        assertThat(CompletableFuture.runAsync(channel::stop)).succeedsWithin(PATIENCE);
        open.rollback();
        open.close();
        channel.start();

        assertThat(take(channel, 3)).isEqualTo(numbers(0, 3));
    }

    @Test
    void stopsDuringAPutTransactionWhichFailsAndWritesNothing() {
        ChannelComponent channel = channels.start("c1", topic, Map.of());
        put(channel, numbered(0, 1));
        Transaction open = channel.getTransaction();
        open.begin();
        channel.put(EventBuilder.withBody("open", UTF_8));

        assertThat(CompletableFuture.runAsync(channel::stop)).succeedsWithin(PATIENCE);

        assertThatThrownBy(open::commit).isInstanceOf(ChannelException.class);
        open.rollback();
        open.close();
        channel.start();
        put(channel, numbered(1, 1));
        assertThat(take(channel, 2)).isEqualTo(numbers(0, 2));
        assertThat(topic.readToEnd()).hasSize(2);
    }

    private static List<String> take(ChannelComponent channel, int count) {
        return IntStream.range(0, count)
                .mapToObj(event -> new String(RunningChannels.take(channel).getBody(), UTF_8))
                .toList();
    }
}
