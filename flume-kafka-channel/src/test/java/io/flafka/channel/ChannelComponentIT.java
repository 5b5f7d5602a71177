// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.flafka.testing.KafkaBrokerExtension;
import io.flafka.testing.LiveThreads;
import io.flafka.testing.TestTopic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.flume.ChannelException;
import org.apache.flume.Context;
import org.apache.flume.Event;
import org.apache.flume.Transaction;
import org.apache.flume.event.EventBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the channel on a real broker: order, at-least-once delivery, and a clean stop. */
class ChannelComponentIT {

    @RegisterExtension
    static final KafkaBrokerExtension KAFKA = KafkaBrokerExtension.shared();

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final List<ChannelComponent> started = new ArrayList<>();

    @AfterEach
    void stop() {
        started.forEach(ChannelComponent::stop);
    }

    @Test
    void takesEventsInOrderWithTheirHeaders() {
        TestTopic topic = KAFKA.topic();
        ChannelComponent channel = start(topic, Map.of());

        put(channel, events(0, 500));
        List<Event> taken = take(channel, 500);

        assertThat(bodies(taken)).isEqualTo(numbers(0, 500));
        assertThat(taken.get(7).getHeaders()).isEqualTo(Map.of("key", "7", "host", "h"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"100", "0"})
    void aRestartContinuesAfterTheLastCommit(String commitInterval) {
        TestTopic topic = KAFKA.topic();
        ChannelComponent channel = start(topic, Map.of("kafka.commitIntervalMillis", commitInterval));
        put(channel, events(0, 10));
        take(channel, 4);
        Transaction open = channel.getTransaction();
        open.begin();
        channel.take();
        open.rollback();
        open.close();

        channel.stop();
        channel.start();

        assertThat(topic.committed("flume")).isEqualTo(Map.of(0, 4L));
        assertThat(bodies(take(channel, 6))).isEqualTo(numbers(4, 6));
    }

    @Test
    void rollbacksKeepTheOrderAndARolledBackPutLeavesNothing() {
        ChannelComponent channel = start(KAFKA.topic(), Map.of());
        Transaction undone = channel.getTransaction();
        undone.begin();
        channel.put(EventBuilder.withBody("never", UTF_8));
        undone.rollback();
        undone.close();
        put(channel, events(0, 30));

        for (int size : new int[] {20, 10}) {
            Transaction transaction = channel.getTransaction();
            transaction.begin();
            takeSome(channel, size);
            transaction.rollback();
            transaction.close();
        }

        assertThat(bodies(take(channel, 30))).isEqualTo(numbers(0, 30));
    }

    @Test
    void anotherAgentOfTheGroupTakesTheEventsThatAStoppedOneLeft() {
        TestTopic topic = KAFKA.topic(2);
        ChannelComponent one = start(topic, Map.of());
        put(one, events(0, 40));
        List<String> all = new ArrayList<>(bodies(take(one, 10)));

        ChannelComponent other = start(topic, Map.of());
        CompletableFuture<List<Event>> rest = CompletableFuture.supplyAsync(() -> {
            one.stop();
            return take(other, 30);
        });

        assertThat(rest).succeedsWithin(Duration.ofMinutes(1));
        all.addAll(bodies(rest.join()));
        assertThat(all).containsExactlyInAnyOrderElementsOf(numbers(0, 40));
    }

    @Test
    void moreSinksThanPartitionsTakeAllEvents() {
        ChannelComponent channel = start(KAFKA.topic(), Map.of());
        put(channel, events(0, 300));

        List<String> all = Collections.synchronizedList(new ArrayList<>());
        List<CompletableFuture<Void>> sinks = IntStream.range(0, 4)
                .mapToObj(sink -> CompletableFuture.runAsync(() -> drain(channel, all, 300)))
                .toList();

        assertThat(sinks).allSatisfy(sink -> assertThat(sink).succeedsWithin(PATIENCE));
        assertThat(all).containsExactlyInAnyOrderElementsOf(numbers(0, 300));
    }

    @Test
    void deliversTheEventsBeforeABadRecordAndStopsThere() {
        TestTopic topic = KAFKA.topic();
        ChannelComponent channel = start(topic, Map.of());
        put(channel, events(0, 3));
        topic.send("not a Flume event");
        put(channel, events(3, 3));

        assertThat(bodies(take(channel, 3))).isEqualTo(numbers(0, 3));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThatThrownBy(() -> take(channel, 1))
                        .isInstanceOf(ChannelException.class)
                        .hasMessageStartingWith(
                                "KafkaChannel c1: stopped at " + topic.name() + "-0 offset 3: not a Flume Avro event: ")
                        .hasMessageEndingWith("; fix the cause, or skip the record with errors.tolerance=all and"
                                + " errors.deadletterqueue.topic.name. No later event of this partition is delivered;"
                                + " retrying"));
        assertThat(topic.committed("flume")).isEqualTo(Map.of(0, 3L));
    }

    @Test
    void reportsItsSizeAndFillPercentage() {
        TestTopic topic = KAFKA.topic(2);
        ChannelComponent channel = start(topic, Map.of("capacity", "200", "readAheadRecords", "10"));
        put(channel, events(0, 100));
        take(channel, 40);
        await().atMost(PATIENCE).until(() -> channel.metrics().getChannelSize() == 60);
        assertThat(channel.metrics().getChannelCapacity()).isEqualTo(200);
        assertThat(channel.metrics().getChannelFillPercentage()).isEqualTo(30);
    }

    @Test
    void rawRecordsOfAnyProducerAreTaken() {
        TestTopic topic = KAFKA.topic();
        topic.send("a", "b");

        ChannelComponent channel = start(topic, Map.of("parseAsFlumeEvent", "false"));

        assertThat(bodies(take(channel, 2))).containsExactly("a", "b");
    }

    @Test
    void aRecordThatIsTooLargeFailsItsCommitButNotTheNextOne() {
        TestTopic topic = KAFKA.topic();
        ChannelComponent channel = start(topic, Map.of("kafka.producer.max.request.size", "10000"));
        Transaction transaction = channel.getTransaction();
        transaction.begin();
        channel.put(EventBuilder.withBody(new byte[20_000]));

        assertThatThrownBy(transaction::commit)
                .isInstanceOf(ChannelException.class)
                .hasMessageStartingWith("KafkaChannel c1: cannot put event 1 of 1, a record for " + topic.name()
                        + ": RecordTooLargeException: ")
                .hasMessageContaining("max.request.size");
        transaction.rollback();
        transaction.close();
        put(channel, events(0, 1));

        assertThat(bodies(take(channel, 1))).isEqualTo(numbers(0, 1));
    }

    @Test
    void aStopDuringATakeLeavesNoThreadAndNoClient() {
        ChannelComponent channel = start(KAFKA.topic(), Map.of("kafka.pollTimeout", "60000"));
        CompletableFuture<List<Event>> blocked = CompletableFuture.supplyAsync(() -> attempt(channel, 1));
        await().atMost(PATIENCE).until(() -> LiveThreads.names().contains("flafka-channel-c1-0"));

        channel.stop();

        assertThat(blocked).failsWithin(PATIENCE);
        LiveThreads.assertNoneNamed("flafka");
    }

    private ChannelComponent start(TestTopic topic, Map<String, String> properties) {
        Map<String, String> all = new HashMap<>(properties);
        all.put("kafka.bootstrap.servers", topic.bootstrapServers());
        all.put("kafka.topic", topic.name());
        ChannelComponent channel = new ChannelComponent();
        channel.setName("c1");
        channel.configure(new Context(all));
        channel.start();
        started.add(channel);
        return channel;
    }

    private static void put(ChannelComponent channel, List<Event> events) {
        Transaction transaction = channel.getTransaction();
        transaction.begin();
        events.forEach(channel::put);
        transaction.commit();
        transaction.close();
    }

    /** Takes and commits that many events, in as many transactions as needed. */
    private static List<Event> take(ChannelComponent channel, int count) {
        List<Event> taken = new ArrayList<>();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (taken.size() < count && System.nanoTime() < deadline) {
            taken.addAll(attempt(channel, count - taken.size()));
        }
        return taken;
    }

    private static List<Event> attempt(ChannelComponent channel, int count) {
        Transaction transaction = channel.getTransaction();
        transaction.begin();
        try {
            List<Event> taken = takeSome(channel, count);
            transaction.commit();
            return taken;
        } catch (ChannelException failed) {
            transaction.rollback();
            throw failed;
        } finally {
            transaction.close();
        }
    }

    private static List<Event> takeSome(ChannelComponent channel, int count) {
        List<Event> taken = new ArrayList<>();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (taken.size() < count && System.nanoTime() < deadline) {
            Event event = channel.take();
            if (event == null && !taken.isEmpty()) {
                break;
            }
            if (event != null) {
                taken.add(event);
            }
        }
        return taken;
    }

    /** Takes batches of 10, like a sink, until all sinks together have that many events. */
    private static void drain(ChannelComponent channel, List<String> all, int count) {
        while (all.size() < count) {
            Transaction transaction = channel.getTransaction();
            transaction.begin();
            List<Event> batch = new ArrayList<>();
            Event event = channel.take();
            while (event != null) {
                batch.add(event);
                event = batch.size() < 10 ? channel.take() : null;
            }
            transaction.commit();
            transaction.close();
            all.addAll(bodies(batch));
        }
    }

    private static List<Event> events(int first, int count) {
        return numbers(first, count).stream()
                .map(number -> EventBuilder.withBody(number, UTF_8, new HashMap<>(Map.of("key", number, "host", "h"))))
                .toList();
    }

    private static List<String> numbers(int first, int count) {
        return IntStream.range(first, first + count).mapToObj(Integer::toString).toList();
    }

    private static List<String> bodies(List<Event> events) {
        return events.stream().map(event -> new String(event.getBody(), UTF_8)).toList();
    }
}
