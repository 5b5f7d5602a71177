// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.event.AvroEventCodec;
import io.flafka.testing.AtLeastOnce;
import io.flafka.testing.KafkaBrokerExtension;
import io.flafka.testing.OrderedPerPartition;
import io.flafka.testing.TestTopic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.flume.Event;
import org.apache.flume.channel.MemoryChannel;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tests a source between a real broker and Flume's memory channel. */
@Timeout(120)
class SourceComponentIT {

    @RegisterExtension
    static final KafkaBrokerExtension KAFKA = KafkaBrokerExtension.shared();

    private static final Logger LOG = LoggerFactory.getLogger(SourceComponentIT.class);
    private static final int IDLE_ROUNDS = Integer.getInteger("flafka.idleRounds", 200);

    private final String name = "r-" + UUID.randomUUID().toString().substring(0, 8);
    private final MemoryChannel channel = RunningSource.channel(10_000);

    @AfterEach
    void stopChannel() {
        channel.stop();
    }

    @Test
    void everyRecordArrivesOnceInOrderWithItsHeadersAndIsCommitted() {
        TestTopic topic = KAFKA.topic(3);
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                    topic.name(), i % 3, 1000L + i, ("k" + i).getBytes(UTF_8), ("v" + i).getBytes(UTF_8));
            record.headers().add(new RecordHeader("x-host", ("h" + i).getBytes(UTF_8)));
            records.add(record);
        }
        List<RecordMetadata> places = topic.send(records);

        List<Event> events;
        try (RunningSource running = start(topic, Map.of("batchSize", "50", "header.host", "x-host"))) {
            events = running.take(600);
        }

        Map<String, Map<String, String>> headers = new HashMap<>();
        events.forEach(event -> headers.put(new String(event.getBody(), UTF_8), event.getHeaders()));
        assertThat(headers).hasSize(600);
        for (int i = 0; i < 600; i++) {
            assertThat(headers.get("v" + i))
                    .isEqualTo(Map.of(
                            "topic", topic.name(),
                            "kafka.origin.topic", topic.name(),
                            "partition", Integer.toString(i % 3),
                            "offset", Long.toString(places.get(i).offset()),
                            "timestamp", Integer.toString(1000 + i),
                            "key", "k" + i,
                            "host", "h" + i));
        }
        assertThat(offsetsByPartition(events))
                .allSatisfy(
                        (partition, offsets) -> assertThat(offsets).isSorted().doesNotHaveDuplicates());
        assertThat(RunningSource.takeAvailable(channel)).isEmpty();
        assertThat(topic.committed("group-" + name)).isEqualTo(topic.endOffsets());
    }

    @Test
    void aRestartCausesNoDuplicate() {
        TestTopic topic = KAFKA.topic();
        topic.send("a", "b", "c");
        List<String> bodies = new ArrayList<>();

        try (RunningSource running = start(topic, Map.of())) {
            bodies.addAll(RunningSource.bodies(running.take(3)));
        }
        topic.send("d", "e");
        try (RunningSource running = start(topic, Map.of())) {
            bodies.addAll(RunningSource.bodies(running.take(2)));
        }

        bodies.addAll(RunningSource.bodies(RunningSource.takeAvailable(channel)));
        assertThat(bodies).containsExactly("a", "b", "c", "d", "e");
    }

    @Test
    void aRecordOnAnIdleTopicArrivesAtOnce() throws InterruptedException, ExecutionException {
        TestTopic topic = KAFKA.topic();
        List<Long> micros = new ArrayList<>();
        Map<String, Object> settings = Map.of("bootstrap.servers", topic.bootstrapServers(), "linger.ms", 0);
        MemoryChannel waitingChannel = RunningSource.channel(10, Duration.ofSeconds(30));
        try (RunningSource running = RunningSource.start(
                        name, waitingChannel, topic.bootstrapServers(), Map.of("kafka.topics", topic.name()));
                KafkaProducer<byte[], byte[]> producer =
                        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(topic.record("first")).get();
            RunningSource.takeNext(waitingChannel);
            for (int i = 0; i < IDLE_ROUNDS; i++) {
                assertThat(running.counter("ChannelWriteFail")).isZero();
                // Varies the moment in the poll of the idle source.
                Awaitility.await().pollDelay(Duration.ofMillis(7 + i % 11)).until(() -> true);
                Future<RecordMetadata> acknowledged = producer.send(topic.record("v"));
                long start = System.nanoTime();
                assertThat(RunningSource.takeNext(waitingChannel)).isPresent();
                micros.add(Duration.ofNanos(System.nanoTime() - start).toNanos() / 1000);
                acknowledged.get();
            }
        }

        List<Long> sorted = micros.stream().sorted().toList();
        long median = sorted.get(IDLE_ROUNDS / 2);
        long p99 = sorted.get(IDLE_ROUNDS * 99 / 100);
        LOG.info("From produce to channel on an idle topic: median {} us, p99 {} us", median, p99);
        // Much longer than it should take, for a busy machine. Much shorter than the pauses of Flume's runner.
        assertThat(median).isLessThan(100_000);
    }

    @Test
    void stopsAtABadRecordAndContinuesAfterTheGroupsOffsetIsMoved() throws Exception {
        TestTopic topic = KAFKA.topic();
        AvroEventCodec codec = new AvroEventCodec();
        topic.send(List.of(
                value(topic, codec.encode(Map.of("h", "v"), "good".getBytes(UTF_8))),
                value(topic, new byte[] {0, (byte) 0xfe, (byte) 0xff, (byte) 0xff, (byte) 0xff, 15}),
                value(topic, codec.encode(Map.of(), "next".getBytes(UTF_8)))));
        Map<String, String> avro = Map.of("useFlumeEventFormat", "true");

        try (RunningSource running = start(topic, avro)) {
            assertThat(RunningSource.bodies(running.take(1))).containsExactly("good");
            Awaitility.await().until(() -> running.counter("EventReadFail") > 3);
        }
        assertThat(RunningSource.takeAvailable(channel)).isEmpty();
        assertThat(topic.committed("group-" + name)).isEqualTo(Map.of(0, 1L));
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", topic.bootstrapServers()))) {
            admin.alterConsumerGroupOffsets("group-" + name, Map.of(topic.partition(0), new OffsetAndMetadata(2)))
                    .all()
                    .get();
        }

        try (RunningSource running = start(topic, avro)) {
            assertThat(RunningSource.bodies(running.take(1))).containsExactly("next");
        }
        assertThat(topic.committed("group-" + name)).isEqualTo(Map.of(0, 3L));
    }

    @Test
    void readsOnlyCommittedTransactionsIfConfigured() {
        TestTopic topic = KAFKA.topic();
        Map<String, Object> settings =
                Map.of("bootstrap.servers", topic.bootstrapServers(), "transactional.id", "tx-" + name);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            Future<RecordMetadata> aborted = producer.send(topic.record("aborted"));
            producer.flush();
            producer.abortTransaction();
            producer.beginTransaction();
            Future<RecordMetadata> committed = producer.send(topic.record("committed"));
            producer.commitTransaction();
            assertThat(List.of(aborted, committed)).allMatch(Future::isDone);
        }

        try (RunningSource running = start(topic, Map.of("kafka.consumer.isolation.level", "read_committed"))) {
            assertThat(RunningSource.bodies(running.take(1))).containsExactly("committed");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"classic", "consumer"})
    void aPatternMatchesTopicsThatAreCreatedLater(String protocol) {
        String prefix = "regex-" + name;
        TestTopic first = TestTopic.create(KAFKA.cluster(), prefix + "-a", 1);
        first.send("a");
        Map<String, String> properties = Map.of(
                "kafka.topics.regex",
                prefix + "-.*",
                "kafka.consumer.metadata.max.age.ms",
                "300",
                "kafka.consumer.group.protocol",
                protocol);

        try (RunningSource running = RunningSource.start(name, channel, KAFKA.bootstrapServers(), properties)) {
            assertThat(RunningSource.bodies(running.take(1))).containsExactly("a");
            TestTopic.create(KAFKA.cluster(), prefix + "-b", 1).send("b");

            assertThat(RunningSource.bodies(running.take(1))).containsExactly("b");
        }
    }

    @Test
    void aBinaryKeyIsPreservedIfItIsReadAsLatin1() {
        TestTopic topic = KAFKA.topic();
        byte[] key = new byte[256];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) i;
        }
        topic.send(List.of(new ProducerRecord<>(topic.name(), key, "v".getBytes(UTF_8))));

        try (RunningSource running = start(topic, Map.of("kafka.consumer.key.deserializer.encoding", "ISO-8859-1"))) {
            Event event = running.take(1).get(0);

            assertThat(event.getHeaders()).containsEntry("key", new String(key, ISO_8859_1));
        }
    }

    @Test
    void partitionsThatMoveToAnotherMemberUnderLoadKeepAllRecordsInOrder() {
        TestTopic topic = KAFKA.topic(4);
        AtLeastOnce atLeastOnce = new AtLeastOnce();
        OrderedPerPartition ordered = new OrderedPerPartition();
        List<Event> events = new ArrayList<>();

        try (RunningSource first = start(topic, Map.of("batchSize", "10"))) {
            send(topic, 0, 1000, atLeastOnce, ordered);
            events.addAll(first.take(200));
            try (RunningSource second = start(topic, Map.of("batchSize", "10"))) {
                send(topic, 1000, 2000, atLeastOnce, ordered);
                events.addAll(second.take(2000 - events.size()));
            }
            send(topic, 2000, 3000, atLeastOnce, ordered);
            events.addAll(first.take(3000 - events.size()));
        }
        events.addAll(RunningSource.takeAvailable(channel));

        for (Event event : events) {
            List<String> body = RunningSource.bodies(List.of(event));
            atLeastOnce.addArrived(body);
            ordered.addArrived(Integer.parseInt(event.getHeaders().getOrDefault("partition", "-1")), body);
        }
        atLeastOnce.assertHolds();
        ordered.assertHolds();
        // A rebalance without a lost member causes no duplicate.
        assertThat(atLeastOnce.duplicates()).isZero();
        assertThat(topic.committed("group-" + name)).isEqualTo(topic.endOffsets());
    }

    private RunningSource start(TestTopic topic, Map<String, String> properties) {
        Map<String, String> all = new HashMap<>(properties);
        all.put("kafka.topics", topic.name());
        return RunningSource.start(name, channel, topic.bootstrapServers(), all);
    }

    private static void send(TestTopic topic, int from, int to, AtLeastOnce atLeastOnce, OrderedPerPartition ordered) {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int i = from; i < to; i++) {
            int partition = i % topic.partitions();
            records.add(topic.record(partition, "v" + i));
            ordered.addSent(partition, List.of("v" + i));
        }
        topic.send(records);
        atLeastOnce.addAcknowledged(
                IntStream.range(from, to).mapToObj(i -> "v" + i).toList());
    }

    private static ProducerRecord<byte[], byte[]> value(TestTopic topic, byte[] value) {
        return new ProducerRecord<>(topic.name(), value);
    }

    private static Map<String, List<Long>> offsetsByPartition(List<Event> events) {
        Map<String, List<Long>> offsets = new TreeMap<>();
        for (Event event : events) {
            offsets.computeIfAbsent(event.getHeaders().get("partition"), key -> new ArrayList<>())
                    .add(Long.parseLong(event.getHeaders().get("offset")));
        }
        return offsets;
    }
}
