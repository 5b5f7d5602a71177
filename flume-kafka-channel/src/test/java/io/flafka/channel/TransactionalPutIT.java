// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel;

import static io.flafka.channel.RunningChannels.numbered;
import static io.flafka.channel.RunningChannels.numbers;
import static io.flafka.channel.RunningChannels.put;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.testing.KafkaBrokerExtension;
import io.flafka.testing.TestTopic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.flume.ChannelException;
import org.apache.flume.Event;
import org.apache.flume.event.EventBuilder;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests puts in Kafka transactions on a real broker: all or nothing, and one owner per transactional id. */
class TransactionalPutIT {

    @RegisterExtension
    static final KafkaBrokerExtension KAFKA = KafkaBrokerExtension.shared();

    private final String id = "puts" + UUID.randomUUID().toString().substring(0, 8);
    private final RunningChannels channels = new RunningChannels();

    @AfterEach
    void stop() {
        channels.close();
    }

    @Test
    void readersSeeWholeTransactionsOnlyWhileSourcesPutAtTheSameTime() {
        TestTopic topic = KAFKA.topic();
        ChannelComponent channel = start("c1", topic);

        List<CompletableFuture<Void>> sources = IntStream.range(0, 3)
                .mapToObj(source -> CompletableFuture.runAsync(() -> {
                    for (int batch = 0; batch < 5; batch++) {
                        put(channel, batch(source * 5 + batch));
                    }
                }))
                .toList();
        while (sources.stream().anyMatch(source -> !source.isDone())) {
            assertOnlyWholeBatches(topic);
        }
        sources.forEach(CompletableFuture::join);

        assertThat(topic.readValues(15 * 20)).hasSize(15 * 20);
        assertOnlyWholeBatches(topic);
    }

    @Test
    void eventsOfAnAbortedTransactionAreNeverTaken() {
        TestTopic topic = KAFKA.topic();
        topic.configure(Map.of("max.message.bytes", "15000"));
        ChannelComponent channel = channels.start(
                "c1",
                topic,
                Map.of(
                        "kafka.producer.transactional.id", id,
                        "parseAsFlumeEvent", "false",
                        "kafka.producer.request.timeout.ms", "10000",
                        "kafka.producer.delivery.timeout.ms", "15000"));
        List<Event> refused = new ArrayList<>(numbered(100, 3));
        refused.add(EventBuilder.withBody(new byte[20_000]));

        put(channel, numbered(0, 2));
        // Kafka's client may not answer for such a record at first (decision 25). The next attempt finds the cause.
        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .untilAsserted(() -> assertThatThrownBy(() -> put(channel, refused))
                        .isInstanceOf(ChannelException.class)
                        .hasMessage(
                                ("KafkaChannel c1: cannot put event 4 of 4, a record for %s: RecordTooLargeException: its 20000 bytes of key, headers and"
                                                + " value are more than max.message.bytes = 15000 of topic %s; fix the cause, or skip the record with"
                                                + " errors.tolerance=all and errors.deadletterqueue.topic.name")
                                        .formatted(topic.name(), topic.name())));
        put(channel, numbered(2, 2));

        assertThat(take(channel, 4)).isEqualTo(numbers(0, 4));
        assertThat(topic.readToEnd()).hasSize(4);
    }

    @Test
    void aBadRecordGoesToTheDeadLetterTopicAndTheOthersAreOneTransaction() {
        TestTopic topic = KAFKA.topic();
        TestTopic dead = KAFKA.topic();
        topic.configure(Map.of("max.message.bytes", "15000"));
        ChannelComponent channel = channels.start(
                "c1",
                topic,
                Map.of(
                        "kafka.producer.transactional.id",
                        id,
                        "parseAsFlumeEvent",
                        "false",
                        "errors.tolerance",
                        "all",
                        "errors.deadletterqueue.topic.name",
                        dead.name()));
        List<String> good = IntStream.range(0, 1000)
                .mapToObj(number -> number + ".".repeat(100))
                .toList();
        List<Event> events = new ArrayList<>();
        good.forEach(body -> events.add(EventBuilder.withBody(body, UTF_8)));
        events.add(700, EventBuilder.withBody(new byte[20_000]));

        put(channel, events);

        assertThat(topic.readToEnd())
                .extracting(record -> new String(record.value(), UTF_8))
                .containsExactlyElementsOf(good);
        assertThat(dead.readToEnd()).extracting(letter -> letter.value().length).containsExactly(20_000);
        assertThat(channel.metrics().group().number("BadRecordCount")).isEqualTo(1);
    }

    @Test
    void theOlderOfTwoChannelsWithOneTransactionalIdStaysFenced() {
        TestTopic topic = KAFKA.topic();
        ChannelComponent older = start("c1", topic);
        put(older, numbered(0, 1));
        ChannelComponent newer = start("c1", topic);
        put(newer, numbered(1, 1));

        for (int attempt = 0; attempt < 2; attempt++) {
            assertThatThrownBy(() -> put(older, numbered(9, 1)))
                    .isInstanceOf(ChannelException.class)
                    .hasMessage(
                            "KafkaChannel c1: the Kafka transaction of 1 records was not confirmed: another process has taken over"
                                    + " the transactional id %s-channel.agent.c1.0: either two agents of the same name have the same"
                                            .formatted(id)
                                    + " kafka.producer.transactional.id, or this agent was suspended and has been replaced. This component"
                                    + " writes nothing more until it is restarted: stop one of the two agents, or give it an id of its own");
        }
        put(newer, numbered(2, 1));

        assertThat(topic.readToEnd()).hasSize(3);
    }

    @Test
    void aRestartUsesTheSameTransactionalIds() {
        TestTopic topic = KAFKA.topic();
        ChannelComponent channel = start("c1", topic);
        put(channel, numbered(0, 1));

        channel.stop();
        channel.start();
        put(channel, numbered(1, 1));

        assertThat(topic.readValues(2)).isEqualTo(numbers(0, 2));
        assertThat(topic.transactionalIds(id)).containsExactly(id + "-channel.agent.c1.0");
    }

    private ChannelComponent start(String name, TestTopic topic) {
        return channels.start(name, topic, Map.of("kafka.producer.transactional.id", id, "parseAsFlumeEvent", "false"));
    }

    /** Twenty events whose body is the number of their batch. */
    private static List<Event> batch(int number) {
        return IntStream.range(0, 20)
                .mapToObj(event -> EventBuilder.withBody(Integer.toString(number), UTF_8))
                .toList();
    }

    private static void assertOnlyWholeBatches(TestTopic topic) {
        Map<String, Integer> seen = new HashMap<>();
        topic.readToEnd().forEach(record -> seen.merge(new String(record.value(), UTF_8), 1, Integer::sum));
        assertThat(seen.values()).allMatch(count -> count == 20);
    }

    private static List<String> take(ChannelComponent channel, int count) {
        return IntStream.range(0, count)
                .mapToObj(event -> new String(RunningChannels.take(channel).getBody(), UTF_8))
                .toList();
    }
}
