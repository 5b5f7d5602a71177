// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flafka.event.AvroEventCodec;
import io.flafka.event.TopicBackedEvent;
import io.flafka.testing.KafkaBrokerExtension;
import io.flafka.testing.TestTopic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.flume.ChannelException;
import org.apache.flume.Event;
import org.apache.flume.Transaction;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests takes after a rollback: the same events in the same order, with the same identity, and no second report of a bad record. */
class ChannelRollbackIT {

    @RegisterExtension
    static final KafkaBrokerExtension KAFKA = KafkaBrokerExtension.shared();

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final RunningChannels channels = new RunningChannels();

    @AfterEach
    void stop() {
        channels.close();
    }

    @Test
    void rolledBackEventsComeAgainInOrderWithTheirIdentityEvenIfAllAreEqual() {
        TestTopic topic = KAFKA.topic(2);
        List<ProducerRecord<byte[], byte[]>> heartbeats = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            heartbeats.add(topic.record(i % 2, "heartbeat"));
        }
        topic.send(heartbeats);
        ChannelComponent channel = channels.start("c1", topic, Map.of("parseAsFlumeEvent", "false"));
        awaitReadAhead(channel, 100);

        List<Object> first = identities(takeAndRollBack(channel, 60));
        List<Object> second = identities(takeAndRollBack(channel, 30));
        List<Object> third = identities(takeAndCommit(channel, 100));

        assertThat(first).hasSize(60).doesNotHaveDuplicates();
        assertThat(second).isEqualTo(first.subList(0, 30));
        assertThat(third).startsWith(first.toArray()).hasSize(100).doesNotHaveDuplicates();
    }

    @Test
    void aBadRecordIsWrittenAndCountedOnceAlthoughItsBatchIsRolledBackTenTimes() {
        TestTopic topic = KAFKA.topic();
        TestTopic dead = KAFKA.topic();
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        IntStream.range(0, 20).forEach(number -> records.add(event(topic, number)));
        records.add(10, topic.record("not an event"));
        topic.send(records);
        ChannelComponent channel = channels.start(
                "c1", topic, Map.of("errors.tolerance", "all", "errors.deadletterqueue.topic.name", dead.name()));
        awaitReadAhead(channel, 21);

        for (int rollback = 0; rollback < 10; rollback++) {
            assertThat(bodies(takeAndRollBack(channel, 20))).isEqualTo(RunningChannels.numbers(0, 20));
        }
        assertThat(bodies(takeAndCommit(channel, 20))).isEqualTo(RunningChannels.numbers(0, 20));

        assertThat(dead.readValues(1)).containsExactly("not an event");
        assertThat(dead.sumOfEndOffsets()).isEqualTo(1);
        assertThat(channel.metrics().group().number("BadRecordCount")).isEqualTo(1);
        assertThat(channel.metrics().getEventTakeSuccessCount()).isEqualTo(20);
        await().atMost(PATIENCE).until(() -> topic.committed("flume").equals(Map.of(0, 21L)));
    }

    @Test
    void aPartitionStoppedAtABadRecordContinuesAlthoughAnotherAlwaysHasEvents() {
        TestTopic topic = KAFKA.topic(2);
        TestTopic dead = KAFKA.topic();
        // The dead letter topic rejects the bad record until its limit is raised below.
        dead.configure(Map.of("max.message.bytes", "10"));
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        records.add(topic.record(0, "not an event"));
        records.add(event(topic, 0, "after"));
        for (int i = 0; i < 250; i++) {
            records.add(event(topic, 1, "busy"));
        }
        topic.send(records);
        ChannelComponent channel = channels.start(
                "c1", topic, Map.of("errors.tolerance", "all", "errors.deadletterqueue.topic.name", dead.name()));
        awaitReadAhead(channel, 252);
        for (int transaction = 0; transaction < 3; transaction++) {
            takeOneIfPossible(channel);
        }
        dead.configure(Map.of("max.message.bytes", "100000"));

        List<String> taken = new ArrayList<>();
        for (int transaction = 0; transaction < 199; transaction++) {
            taken.addAll(bodies(takeOneIfPossible(channel)));
        }

        assertThat(taken).contains("after");
        assertThat(dead.readValues(1)).containsExactly("not an event");
    }

    private static List<Event> takeOneIfPossible(ChannelComponent channel) {
        try {
            return takeAndCommit(channel, 1);
        } catch (ChannelException stoppedAtTheBadRecord) {
            return List.of();
        }
    }

    private static ProducerRecord<byte[], byte[]> event(TestTopic topic, int number) {
        return event(topic, 0, Integer.toString(number));
    }

    private static ProducerRecord<byte[], byte[]> event(TestTopic topic, int partition, String body) {
        return new ProducerRecord<>(
                topic.name(), partition, null, new AvroEventCodec().encode(Map.of(), body.getBytes(UTF_8)));
    }

    /** Starts the readers with a first take, and waits until they have read that many records. */
    private static void awaitReadAhead(ChannelComponent channel, int records) {
        try {
            takeAndRollBack(channel, 1);
        } catch (ChannelException stoppedAtTheBadRecord) {
            // The readers have started.
        }
        await().atMost(PATIENCE).until(() -> channel.metrics().getChannelSize() == records);
    }

    private static List<Event> takeAndRollBack(ChannelComponent channel, int count) {
        Transaction transaction = channel.getTransaction();
        transaction.begin();
        try {
            return take(channel, count);
        } finally {
            transaction.rollback();
            transaction.close();
        }
    }

    private static List<Event> takeAndCommit(ChannelComponent channel, int count) {
        Transaction transaction = channel.getTransaction();
        transaction.begin();
        try {
            List<Event> events = take(channel, count);
            transaction.commit();
            return events;
        } catch (ChannelException failed) {
            transaction.rollback();
            throw failed;
        } finally {
            transaction.close();
        }
    }

    private static List<Event> take(ChannelComponent channel, int count) {
        List<Event> events = new ArrayList<>();
        for (Event event = channel.take(); event != null; ) {
            events.add(event);
            event = events.size() < count ? channel.take() : null;
        }
        return events;
    }

    private static List<Object> identities(List<Event> events) {
        return events.stream()
                .map(event -> ((TopicBackedEvent) event).recordIdentity())
                .toList();
    }

    private static List<String> bodies(List<Event> events) {
        return events.stream().map(event -> new String(event.getBody(), UTF_8)).toList();
    }
}
