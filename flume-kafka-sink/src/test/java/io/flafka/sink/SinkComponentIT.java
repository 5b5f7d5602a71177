// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.testing.KafkaBrokerExtension;
import io.flafka.testing.TestTopic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.flume.Context;
import org.apache.flume.EventDeliveryException;
import org.apache.flume.Sink.Status;
import org.apache.flume.SinkRunner;
import org.apache.flume.conf.Configurables;
import org.apache.flume.sink.DefaultSinkProcessor;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A sink from Flume's memory channel to a real broker. */
@Timeout(240)
class SinkComponentIT {

    @RegisterExtension
    static final KafkaBrokerExtension KAFKA = KafkaBrokerExtension.shared();

    private static final int STOPS = 8;
    private static final int EVENTS_PER_ROUND = 1000;

    private final SinkComponent sink = new SinkComponent();
    private final FaultyChannel channel = new FaultyChannel();

    @BeforeEach
    void setNameAndChannel() {
        sink.setName("k-" + UUID.randomUUID().toString().substring(0, 8));
        sink.setChannel(channel);
    }

    @AfterEach
    void stop() {
        sink.stop();
        channel.stop();
    }

    @Test
    void writesRecordsAsEventHeadersSay() throws EventDeliveryException {
        TestTopic topic = KAFKA.topic(3);
        TestTopic other = KAFKA.topic();
        configure(topic, Map.of("partitionIdHeader", "part", "timestampHeader", "ts", "header.host", "x-host"));
        sink.start();
        channel.add("a", Map.of("key", "k", "part", "2", "ts", "1234", "host", "h"));
        channel.add("b", Map.of("topic", other.name(), "ts", "-1"));

        assertThat(sink.process()).isEqualTo(Status.READY);

        ConsumerRecord<byte[], byte[]> first = topic.read(1).get(0);
        assertThat(first.partition()).isEqualTo(2);
        assertThat(first.timestamp()).isEqualTo(1234);
        assertThat(first.key()).isEqualTo("k".getBytes(UTF_8));
        assertThat(first.value()).isEqualTo("a".getBytes(UTF_8));
        assertThat(first.headers()).containsExactly(new RecordHeader("x-host", "h".getBytes(UTF_8)));
        ConsumerRecord<byte[], byte[]> second = other.read(1).get(0);
        assertThat(second.value()).isEqualTo("b".getBytes(UTF_8));
        assertThat(second.key()).isNull();
        assertThat(second.timestamp()).isGreaterThan(1234);
    }

    @Test
    void writesBinaryKeyUnchangedInLatin1() throws EventDeliveryException {
        TestTopic topic = KAFKA.topic();
        byte[] key = new byte[256];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) i;
        }
        configure(topic, Map.of("kafka.producer.key.serializer.encoding", "ISO-8859-1"));
        sink.start();
        channel.add("v", Map.of("key", new String(key, ISO_8859_1)));

        sink.process();

        assertThat(topic.read(1).get(0).key()).isEqualTo(key);
    }

    @Test
    @Timeout(45)
    void doesNotWaitForLingerWithSmallBatch() throws EventDeliveryException {
        TestTopic topic = KAFKA.topic();
        configure(topic, Map.of("kafka.producer.linger.ms", "60000"));
        sink.start();
        channel.add("a");

        assertThat(sink.process()).isEqualTo(Status.READY);

        assertThat(topic.readValues(1)).containsExactly("a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "4"})
    void writesEventsOnceAndInOrderAcrossStopsUnderLoad(String batchesInFlight) {
        TestTopic topic = KAFKA.topic();
        configure(topic, Map.of("flumeBatchSize", "10", "maxInFlightBatches", batchesInFlight));
        List<String> added = new ArrayList<>();

        for (int round = 0; round < STOPS; round++) {
            String[] bodies = bodies(round);
            channel.add(bodies);
            added.addAll(List.of(bodies));
            SinkRunner runner = runner();
            runner.start();
            // Stops the runner while batches are in flight, each time after another number of them.
            int enough = channel.interruptedAtEnd.size() + round * 7 + 1;
            Awaitility.await().pollInterval(Duration.ofMillis(1)).until(() -> channel.interruptedAtEnd.size() > enough);
            runner.stop();
        }
        SinkRunner last = runner();
        last.start();
        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> topic.endOffsets().getOrDefault(0, 0L) >= added.size());
        last.stop();

        assertThat(topic.readToEnd().stream().map(record -> new String(record.value(), UTF_8)))
                .containsExactlyElementsOf(added);
    }

    private static String[] bodies(int round) {
        return IntStream.range(0, EVENTS_PER_ROUND)
                .mapToObj(i -> round + "-" + i)
                .toArray(String[]::new);
    }

    /** Returns Flume's own runner, which stops a sink with an interrupt. */
    private SinkRunner runner() {
        DefaultSinkProcessor processor = new DefaultSinkProcessor();
        processor.setSinks(List.of(sink));
        return new SinkRunner(processor);
    }

    @Test
    void aBatchIsAsLargeAsTheChannelsTransactionsIfTheAgentFileSetsNoSize() throws Exception {
        TestTopic topic = KAFKA.topic();
        configure(topic, Map.of());
        sink.start();
        channel.add(IntStream.range(0, EVENTS_PER_ROUND).mapToObj(i -> "e" + i).toArray(String[]::new));
        int opened = channel.opened.get();

        sink.process();

        assertThat(sink.getBatchSize()).isEqualTo(EVENTS_PER_ROUND);
        assertThat(topic.readValues(EVENTS_PER_ROUND)).hasSize(EVENTS_PER_ROUND);
        // The second one finds the channel empty.
        assertThat(channel.opened.get() - opened).isBetween(1, 2);
    }

    private void configure(TestTopic topic, Map<String, String> properties) {
        Map<String, String> all = new HashMap<>(properties);
        all.put("kafka.bootstrap.servers", topic.bootstrapServers());
        all.put("kafka.topic", topic.name());
        Configurables.configure(sink, new Context(all));
    }
}
