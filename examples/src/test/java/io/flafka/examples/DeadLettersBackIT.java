// SPDX-License-Identifier: Apache-2.0
package io.flafka.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.testing.KafkaBrokerExtension;
import io.flafka.testing.TestTopic;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Records that became dead letters come back with nothing changed, to the topic and the partition that they came from. */
class DeadLettersBackIT {
    private static final long TIME = 1_700_000_000_000L;
    private static final byte[] NOT_UTF_8 = {(byte) 0xff, 0, (byte) 0xfe};

    @RegisterExtension
    static final KafkaBrokerExtension KAFKA = KafkaBrokerExtension.dedicated();

    @RegisterExtension
    final ExampleAgent wrong = ExampleAgent.withoutFile();

    @RegisterExtension
    final ExampleAgent back = ExampleAgent.of("dead-letters-back");

    private final TestTopic orders = TestTopic.create(KAFKA.cluster(), "orders", 3);
    private final TestTopic deadLetters = TestTopic.create(KAFKA.cluster(), "orders-dead-letters", 2);

    /** The source expects Flume events, and the topic has none. */
    private static AgentFile withTheWrongFormat() {
        return new AgentFile("""
                a1.sources = r1
                a1.channels = c1
                a1.sinks = k1
                a1.sources.r1.type = io.flafka.KafkaSource
                a1.sources.r1.kafka.bootstrap.servers = localhost:9092
                a1.sources.r1.kafka.topics = orders
                a1.sources.r1.kafka.consumer.auto.offset.reset = earliest
                a1.sources.r1.useFlumeEventFormat = true
                a1.sources.r1.errors.tolerance = all
                a1.sources.r1.errors.deadletterqueue.topic.name = orders-dead-letters
                a1.sources.r1.channels = c1
                a1.channels.c1.type = memory
                a1.channels.c1.capacity = 1000
                a1.channels.c1.transactionCapacity = 1000
                a1.sinks.k1.type = logger
                a1.sinks.k1.channel = c1
                """);
    }

    @Test
    void recordsComeBackAsTheyWere() {
        TestTopic elsewhere = TestTopic.create(KAFKA.cluster(), "orders-dead-letters-from-elsewhere", 1);
        orders.send(IntStream.range(0, 12).mapToObj(this::order).toList());
        List<ConsumerRecord<byte[], byte[]>> first = orders.read(12);
        wrong.running(withTheWrongFormat())
                .replacing("localhost:9092", KAFKA.bootstrapServers())
                .start();
        assertThat(deadLetters.read(12)).hasSize(12);
        wrong.stop();
        // Somebody else's record, which came from no topic.
        deadLetters.send("from elsewhere");
        deadLetters.send(List.of(deletion()));

        back.replacing("localhost:9092", KAFKA.bootstrapServers()).start();

        List<ConsumerRecord<byte[], byte[]>> all = orders.read(25);
        assertThat(elsewhere.readValues(1)).containsExactly("from elsewhere");
        Awaitility.await()
                .untilAsserted(() -> assertThat(deadLetters.committed("orders-dead-letters-back"))
                        .isEqualTo(deadLetters.endOffsets()));
        assertThat(back.stop()).containsExactly("WARN Agent configuration for 'a1' has no sources.");
        assertThat(all.stream().filter(record -> record.value() == null))
                .singleElement()
                .satisfies(record -> {
                    assertThat(record.partition()).isEqualTo(1);
                    assertThat(record.key()).isEqualTo(NOT_UTF_8);
                    assertThat(record.headers()).isEmpty();
                });
        assertThat(all.stream().filter(record -> record.value() != null).map(DeadLettersBackIT::described))
                .containsExactlyInAnyOrderElementsOf(first.stream()
                        .flatMap(record -> List.of(described(record), described(record)).stream())
                        .toList());
        assertThat(orders.readToEnd()).hasSize(25);
    }

    /** Returns the dead letter of a record without a value, which deletes its key. */
    private ProducerRecord<byte[], byte[]> deletion() {
        RecordHeaders headers = new RecordHeaders();
        headers.add("__flume.errors.topic", orders.name().getBytes(UTF_8));
        headers.add("__flume.errors.partition", "1".getBytes(UTF_8));
        return new ProducerRecord<>(deadLetters.name(), 0, NOT_UTF_8, null, headers);
    }

    private ProducerRecord<byte[], byte[]> order(int number) {
        RecordHeaders headers = new RecordHeaders();
        headers.add("customer", ("c" + number).getBytes(UTF_8));
        headers.add("signature", NOT_UTF_8);
        headers.add("topic", "a header of its own".getBytes(UTF_8));
        byte[] key = number % 4 == 0 ? null : new byte[] {(byte) 0xff, (byte) number};
        byte[] value = ("order " + number).getBytes(UTF_8);
        return new ProducerRecord<>(orders.name(), number % 3, TIME + number, key, value, headers);
    }

    /** Returns everything of a record but its offset and the order of its headers. */
    private static Map<String, Object> described(ConsumerRecord<byte[], byte[]> record) {
        Map<String, String> headers = new TreeMap<>();
        record.headers().forEach(header -> headers.put(header.key(), Arrays.toString(header.value())));
        return Map.of(
                "partition",
                record.partition(),
                "timestamp",
                record.timestamp(),
                "key",
                Arrays.toString(record.key()),
                "value",
                new String(record.value(), UTF_8),
                "headers",
                headers);
    }
}
