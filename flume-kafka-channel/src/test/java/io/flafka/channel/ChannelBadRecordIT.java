// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.flafka.event.AvroEventCodec;
import io.flafka.testing.KafkaBrokerExtension;
import io.flafka.testing.TestTopic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flume.ChannelException;
import org.apache.flume.Event;
import org.apache.flume.Transaction;
import org.apache.flume.event.EventBuilder;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests bad records among good ones, in takes and puts: no good record is lost, and bad ones go to the dead letter topic. */
class ChannelBadRecordIT {

    @RegisterExtension
    static final KafkaBrokerExtension KAFKA = KafkaBrokerExtension.shared();

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int GOOD_PER_BAD = 1000;
    private static final String NOT_AVRO_MESSAGE = "not a Flume Avro event: ";
    private static final String NOT_UTF8_MESSAGE =
            "record header 'host' is not valid UTF-8 (headers.charset); add it to headers.exclude to leave it out";
    private static final byte[] HOST_NOT_UTF8 = "größte".getBytes(ISO_8859_1);
    private static final byte[] KEY = {(byte) 0xff, 0, (byte) 0xc3, 0x28};
    private static final AvroEventCodec CODEC = new AvroEventCodec();

    /** Events that cannot be put with the {@link #putting} settings into a topic with {@code max.message.bytes} of 15,000. */
    private static final List<Event> REJECTED = List.of(
            EventBuilder.withBody("not a number", UTF_8, Map.of("p", "east")),
            EventBuilder.withBody("no such partition", UTF_8, Map.of("p", "7")),
            EventBuilder.withBody("not in the charset", UTF_8, Map.of("host", "größte")),
            EventBuilder.withBody(new byte[20_000]),
            EventBuilder.withBody(new byte[40_000]));

    private final RunningChannels channels = new RunningChannels();
    private final TestTopic topic = KAFKA.topic();
    private final TestTopic dead = KAFKA.topic();
    private final List<String> good = new ArrayList<>();
    private final List<byte[]> bad = new ArrayList<>();

    @AfterEach
    void stop() {
        channels.close();
    }

    @Test
    void recordsThatAreNotEventsGoUnchangedToTheDeadLetterTopic() {
        send();
        ChannelComponent channel = channels.start("c1", topic, tolerant());

        assertThat(take(channel, good.size())).isEqualTo(good);

        await().atMost(PATIENCE).until(() -> topic.committed("flume").equals(topic.endOffsets()));
        List<ConsumerRecord<byte[], byte[]>> letters = dead.readToEnd();
        assertThat(letters).extracting(ConsumerRecord::value).containsExactlyElementsOf(bad);
        assertThat(letters).allSatisfy(letter -> {
            assertThat(letter.key()).isEqualTo(KEY);
            assertThat(header(letter, "topic")).isEqualTo(topic.name());
            assertThat(header(letter, "component")).isEqualTo("KafkaChannel c1");
        });
        assertThat(letters.subList(0, bad.size() - 1))
                .allSatisfy(letter ->
                        assertThat(header(letter, "exception.message")).startsWith(NOT_AVRO_MESSAGE));
        assertThat(header(letters.get(bad.size() - 1), "exception.message")).isEqualTo(NOT_UTF8_MESSAGE);
        assertThat(letters.get(bad.size() - 1).headers().lastHeader("host").value())
                .isEqualTo(HOST_NOT_UTF8);
        assertThat(channel.metrics().group().number("BadRecordCount")).isEqualTo(bad.size());
    }

    @Test
    void withoutToleranceItStopsAtEachBadRecordUntilTheGroupsOffsetIsMovedPastIt() throws Exception {
        send();
        int delivered = 0;

        try (Admin admin = Admin.create(Map.of("bootstrap.servers", topic.bootstrapServers()))) {
            for (int kind = 0; kind < bad.size(); kind++) {
                long stop = (GOOD_PER_BAD + 1L) * kind + GOOD_PER_BAD;
                ChannelComponent channel = channels.start("c1", topic, strict());
                assertThat(take(channel, GOOD_PER_BAD)).isEqualTo(good.subList(delivered, delivered + GOOD_PER_BAD));
                assertThatThrownBy(() -> takeSome(channel))
                        .isInstanceOf(ChannelException.class)
                        .hasMessageStartingWith("KafkaChannel c1: stopped at " + topic.name() + "-0 offset " + stop
                                + ": " + (kind < bad.size() - 1 ? NOT_AVRO_MESSAGE : NOT_UTF8_MESSAGE));
                channel.stop();
                assertThat(topic.committed("flume")).isEqualTo(Map.of(0, stop));
                delivered += GOOD_PER_BAD;
                admin.alterConsumerGroupOffsets("flume", Map.of(topic.partition(0), new OffsetAndMetadata(stop + 1)))
                        .all()
                        .get();
            }
        }

        assertThat(delivered).isEqualTo(good.size());
    }

    @Test
    void stopsIfTheDeadLetterTopicCannotBeWritten() {
        send();
        Map<String, String> settings = tolerant();
        settings.put("errors.deadletterqueue.topic.name", "dead-" + topic.name());
        settings.put("errors.deadletterqueue.topic.replication.factor", "7");
        ChannelComponent channel = channels.start("c1", topic, settings);

        assertThat(take(channel, GOOD_PER_BAD)).isEqualTo(good.subList(0, GOOD_PER_BAD));

        assertThatThrownBy(() -> takeSome(channel))
                .isInstanceOf(ChannelException.class)
                .hasMessageContaining("dead letter topic dead-" + topic.name())
                .hasMessageContaining("InvalidReplicationFactorException");
        assertThat(channel.metrics().group().number("BadRecordCount")).isZero();
    }

    @Test
    void rejectedEventsGoToTheDeadLetterTopicAndTheOthersArePut() {
        topic.configure(Map.of("max.message.bytes", "15000"));
        ChannelComponent channel = channels.start("c1", topic, putting(tolerant()));
        List<Event> events = goodEvents();
        for (int i = 0; i < REJECTED.size(); i++) {
            events.add(10 * i, REJECTED.get(i));
        }

        RunningChannels.put(channel, events);

        assertThat(values(topic)).containsExactlyInAnyOrderElementsOf(good);
        assertThat(dead.readToEnd())
                .extracting(letter -> letter.value().length)
                .containsExactlyInAnyOrderElementsOf(
                        REJECTED.stream().map(event -> event.getBody().length).toList());
        assertThat(channel.metrics().group().number("BadRecordCount")).isEqualTo(REJECTED.size());
    }

    @Test
    void withoutToleranceAPutWithARejectedEventFailsAndOnePutWithoutItSucceeds() {
        topic.configure(Map.of("max.message.bytes", "15000"));
        ChannelComponent channel = channels.start("c1", topic, putting(strict()));
        List<Event> events = goodEvents();
        for (Event rejected : REJECTED) {
            List<Event> withIt = new ArrayList<>(events);
            withIt.add(GOOD_PER_BAD / 2, rejected);

            assertThatThrownBy(() -> RunningChannels.put(channel, withIt))
                    .isInstanceOf(ChannelException.class)
                    .hasMessageStartingWith("KafkaChannel c1: cannot put ")
                    .hasMessageEndingWith("; fix the cause, or skip the record with errors.tolerance=all and"
                            + " errors.deadletterqueue.topic.name");
        }

        RunningChannels.put(channel, events);

        assertThat(values(topic)).containsAll(good).isSubsetOf(good);
        assertThat(channel.metrics().group().number("BadRecordCount")).isZero();
    }

    /** Not tiny: Kafka's client splits a batch endlessly if a tiny record fills the last bytes after one that is too large. */
    private List<Event> goodEvents() {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < GOOD_PER_BAD; i++) {
            String body = "v" + i + ".".repeat(100);
            good.add(body);
            events.add(EventBuilder.withBody(body, UTF_8));
        }
        return events;
    }

    private static Map<String, String> putting(Map<String, String> settings) {
        settings.put("parseAsFlumeEvent", "false");
        settings.put("headers.charset", "US-ASCII");
        settings.put("partitionIdHeader", "p");
        settings.put("kafka.producer.max.request.size", "30000");
        settings.put("kafka.producer.max.block.ms", "5000");
        return settings;
    }

    private static List<String> values(TestTopic topic) {
        return topic.readToEnd().stream()
                .map(record -> new String(record.value(), UTF_8))
                .toList();
    }

    private Map<String, String> tolerant() {
        Map<String, String> settings = strict();
        settings.put("errors.tolerance", "all");
        settings.put("errors.deadletterqueue.topic.name", dead.name());
        return settings;
    }

    private static Map<String, String> strict() {
        return new HashMap<>(Map.of("headers.include", "host"));
    }

    /**
     * Sends bad records of five kinds: not Avro, truncated, with extra bytes, empty, and an event whose header is not UTF-8. A thousand good records,
     * one of them without a value, precede each bad one.
     */
    private void send() {
        byte[] event = CODEC.encode(Map.of("h", "v"), "body".getBytes(UTF_8));
        bad.addAll(List.of(
                "not Avro".getBytes(UTF_8),
                Arrays.copyOf(event, event.length - 1),
                Arrays.copyOf(event, event.length + 1),
                new byte[0],
                event));
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (byte[] kind : bad) {
            for (int i = 0; i < GOOD_PER_BAD; i++) {
                String body = i == 7 ? "" : "v" + good.size();
                good.add(body);
                byte[] value = i == 7 ? null : CODEC.encode(Map.of(), body.getBytes(UTF_8));
                records.add(new ProducerRecord<>(topic.name(), KEY, value));
            }
            List<Header> headers = kind == event ? List.of(new RecordHeader("host", HOST_NOT_UTF8)) : List.of();
            records.add(new ProducerRecord<>(topic.name(), null, KEY, kind, headers));
        }
        topic.send(records);
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String key) {
        return new String(record.headers().lastHeader("__flume.errors." + key).value(), UTF_8);
    }

    private static List<String> take(ChannelComponent channel, int count) {
        List<String> taken = new ArrayList<>();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (taken.size() < count && System.nanoTime() < deadline) {
            taken.addAll(takeSome(channel));
        }
        return taken;
    }

    /** Takes in one transaction until there is no event. */
    private static List<String> takeSome(ChannelComponent channel) {
        Transaction transaction = channel.getTransaction();
        transaction.begin();
        try {
            List<String> taken = new ArrayList<>();
            for (Event event = channel.take(); event != null; event = channel.take()) {
                taken.add(new String(event.getBody(), UTF_8));
            }
            transaction.commit();
            return taken;
        } catch (ChannelException failed) {
            transaction.rollback();
            throw failed;
        } finally {
            transaction.close();
        }
    }
}
