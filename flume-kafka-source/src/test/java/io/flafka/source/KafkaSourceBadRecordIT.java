// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.event.AvroEventCodec;
import io.flafka.testing.KafkaBrokerExtension;
import io.flafka.testing.LogLines;
import io.flafka.testing.TestTopic;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.flume.Event;
import org.apache.flume.channel.MemoryChannel;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Bad records of every kind, each after a thousand good ones. */
@Timeout(120)
class KafkaSourceBadRecordIT {

    @RegisterExtension
    static final KafkaBrokerExtension KAFKA = KafkaBrokerExtension.shared();

    private static final int DISTANCE = 1000;
    private static final AvroEventCodec CODEC = new AvroEventCodec();
    private static final String NOT_AVRO = "not a Flume Avro event: ";
    private static final String NOT_UTF_8 =
            "record header 'host' is not valid UTF-8 (headers.charset); add it to headers.exclude to leave it out";
    private static final byte[] HOST = "größte".getBytes(UTF_8);
    private static final byte[] INVALID_HOST = "größte".getBytes(ISO_8859_1);
    private static final byte[] KEY = {(byte) 0xff, 0, (byte) 0xc3, 0x28};

    private final String name = "r-" + UUID.randomUUID().toString().substring(0, 8);
    private final MemoryChannel channel = RunningSource.channel(10_000);
    private final TestTopic topic = KAFKA.topic();
    private final List<String> goodBodies = new ArrayList<>();
    private final Map<Long, byte[]> badByOffset = new LinkedHashMap<>();

    @AfterEach
    void stopChannel() {
        channel.stop();
    }

    @Test
    void withToleranceOnlyBadRecordsGoUnchangedToTheDeadLetterTopic() {
        send();
        TestTopic deadLetters = new TestTopic("dead-" + name, 1, topic.bootstrapServers());
        List<Event> events = new ArrayList<>();

        try (RunningSource running = start(Map.of(
                "errors.tolerance", "all",
                "errors.deadletterqueue.topic.name", deadLetters.name(),
                "errors.deadletterqueue.topic.replication.factor", "1"))) {
            events.addAll(running.take(goodBodies.size()));
            Awaitility.await().until(() -> topic.committed("group-" + name).equals(topic.endOffsets()));
            assertThat(running.counter("BadRecordCount")).isEqualTo(badByOffset.size());
        }

        events.addAll(RunningSource.takeAvailable(channel));
        assertThat(RunningSource.bodies(events)).isEqualTo(goodBodies);
        Map<Long, byte[]> letters = new LinkedHashMap<>();
        for (ConsumerRecord<byte[], byte[]> letter : deadLetters.readToEnd()) {
            letters.put(Long.parseLong(header(letter, "__flume.errors.offset")), letter.value());
            assertThat(letter.key()).isEqualTo(KEY);
            assertThat(header(letter, "__flume.errors.topic")).isEqualTo(topic.name());
            assertThat(header(letter, "__flume.errors.partition")).isEqualTo("0");
            assertThat(header(letter, "__flume.errors.component")).isEqualTo("KafkaSource " + name);
            assertThat(letter.headers().lastHeader("host").value()).isIn(HOST, INVALID_HOST);
            assertThat(header(letter, "__flume.errors.exception.message"))
                    .startsWith(letters.size() < badByOffset.size() ? NOT_AVRO : NOT_UTF_8);
        }
        assertThat(letters).containsExactlyEntriesOf(badByOffset);
    }

    @Test
    void withoutToleranceItStopsAtEachAndContinuesAfterTheGroupsOffsetIsMoved() throws Exception {
        send();
        int delivered = 0;

        try (Admin admin = Admin.create(Map.of("bootstrap.servers", topic.bootstrapServers()))) {
            for (long stop : badByOffset.keySet()) {
                try (LogLines log = new LogLines(StallReport.class);
                        RunningSource running = start(Map.of())) {
                    assertThat(RunningSource.bodies(running.take(DISTANCE)))
                            .isEqualTo(goodBodies.subList(delivered, delivered + DISTANCE));
                    Awaitility.await().until(() -> running.counter("EventReadFail") > 3);
                    assertThat(log.lines())
                            .singleElement()
                            .asString()
                            .startsWith(
                                    "ERROR KafkaSource " + name + ": stopped at " + topic.name() + "-0 offset " + stop);
                }
                assertThat(RunningSource.takeAvailable(channel)).isEmpty();
                assertThat(topic.committed("group-" + name)).isEqualTo(Map.of(0, stop));
                delivered += DISTANCE;
                admin.alterConsumerGroupOffsets(
                                "group-" + name, Map.of(topic.partition(0), new OffsetAndMetadata(stop + 1)))
                        .all()
                        .get();
            }
        }

        assertThat(delivered).isEqualTo(goodBodies.size());
    }

    @Test
    void stopsIfTheDeadLetterTopicCannotBeWritten() {
        send();

        try (LogLines log = new LogLines(StallReport.class);
                RunningSource running = start(Map.of(
                        "errors.tolerance", "all",
                        "errors.deadletterqueue.topic.name", "dead-" + name,
                        "errors.deadletterqueue.topic.replication.factor", "7"))) {
            assertThat(RunningSource.bodies(running.take(DISTANCE))).isEqualTo(goodBodies.subList(0, DISTANCE));
            Awaitility.await().until(() -> running.counter("EventReadFail") > 3);

            assertThat(running.counter("BadRecordCount")).isZero();
            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .startsWith("ERROR KafkaSource " + name + ": stopped at " + topic.name() + "-0 offset " + DISTANCE)
                    .contains("dead letter topic dead-" + name, "InvalidReplicationFactorException");
        }
        assertThat(RunningSource.takeAvailable(channel)).isEmpty();
        assertThat(topic.committed("group-" + name)).isEqualTo(Map.of(0, (long) DISTANCE));
    }

    /**
     * Sends the bad records: not Avro, truncated, with surplus bytes, empty, and with a record header that is not text. The good records include
     * records without a value, which become events with an empty body.
     */
    private void send() {
        byte[] event = CODEC.encode(Map.of("h", "v"), "body".getBytes(UTF_8));
        byte[][] kinds = {
            "no Avro at all".getBytes(UTF_8),
            Arrays.copyOf(event, event.length - 1),
            Arrays.copyOf(event, event.length + 1),
            new byte[0],
            event
        };
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (byte[] kind : kinds) {
            for (int i = 0; i < DISTANCE; i++) {
                String body = i == 7 ? "" : "v" + goodBodies.size();
                goodBodies.add(body);
                records.add(value(i == 7 ? null : CODEC.encode(Map.of(), body.getBytes(UTF_8))));
            }
            badByOffset.put((long) records.size(), kind);
            records.add(kind == event ? value(kind, INVALID_HOST) : value(kind));
        }
        topic.send(records);
    }

    private ProducerRecord<byte[], byte[]> value(byte @Nullable [] value) {
        return value(value, HOST);
    }

    private ProducerRecord<byte[], byte[]> value(byte @Nullable [] value, byte[] host) {
        return new ProducerRecord<>(topic.name(), null, KEY, value, List.of(new RecordHeader("host", host)));
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String key) {
        return new String(record.headers().lastHeader(key).value(), UTF_8);
    }

    private RunningSource start(Map<String, String> properties) {
        Map<String, String> all = new HashMap<>(properties);
        all.put("kafka.topics", topic.name());
        all.put("useFlumeEventFormat", "true");
        all.put("headers.include", "host");
        return RunningSource.start(name, channel, topic.bootstrapServers(), all);
    }
}
