// SPDX-License-Identifier: Apache-2.0
package io.flafka.dist;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.channel.KafkaChannel;
import io.flafka.sink.KafkaSink;
import io.flafka.testing.KafkaBrokerExtension;
import io.flafka.testing.TestTopic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flume.Context;
import org.apache.flume.EventDeliveryException;
import org.apache.flume.Sink.Status;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The real channel and the real sink at a record that the broker refuses: all other events are equal, so nothing but the very event counts. */
@Timeout(120)
class ChannelIntoSinkIT {

    @RegisterExtension
    static final KafkaBrokerExtension KAFKA = KafkaBrokerExtension.shared();

    private static final String BEAT = "beat";
    private static final int BEFORE = 20;
    private static final int IN_EACH = 150;
    private static final int BATCH = 50;
    private static final int ATTEMPTS = 80;

    private final TestTopic kept = KAFKA.topic(2);
    private final TestTopic out = KAFKA.topic();
    private final KafkaChannel channel = new KafkaChannel();
    private final KafkaSink sink = new KafkaSink();

    @BeforeEach
    void fill() {
        out.configure(Map.of("max.message.bytes", "100000"));
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int i = 0; i < IN_EACH; i++) {
            records.add(kept.record(0, i == BEFORE ? "x".repeat(150_000) : BEAT));
            records.add(kept.record(1, BEAT));
        }
        kept.send(records);
    }

    @AfterEach
    void stop() {
        sink.stop();
        channel.stop();
    }

    @ParameterizedTest
    @CsvSource({"1, 100", "1, 0", "3, 100"})
    void whatWasAcknowledgedIsNeverSentAgainAndNothingBehindTheRefusedRecord(int batchesInFlight, int commitInterval)
            throws EventDeliveryException {
        start(batchesInFlight, commitInterval);
        AtomicInteger refusals = new AtomicInteger();
        long early = 0;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            process(refusals);
            if (refusals.get() == 1 && early == 0) {
                early = out.written();
            }
        }

        // Of the first partition: what is before the record, and what was on its way behind it when it was refused.
        assertThat(refusals).hasValueGreaterThan(1);
        assertThat(early).isPositive();
        assertThat(out.written())
                .isBetween((long) IN_EACH + BEFORE, (long) IN_EACH + BEFORE + batchesInFlight * BATCH);

        out.configure(Map.of("max.message.bytes", "200000"));
        Awaitility.await().until(() -> process(refusals) == Status.BACKOFF && out.written() >= 2 * IN_EACH);
        assertThat(out.readToEnd())
                .hasSize(2 * IN_EACH)
                .filteredOn(record -> new String(record.value(), UTF_8).equals(BEAT))
                .hasSize(2 * IN_EACH - 1);
        Awaitility.await()
                .untilAsserted(() -> assertThat(kept.committed(kept.name()))
                        .isEqualTo(Map.of(0, (long) IN_EACH, 1, (long) IN_EACH)));
    }

    private Status process(AtomicInteger refusals) throws EventDeliveryException {
        try {
            return sink.process();
        } catch (EventDeliveryException refused) {
            assertThat(refused).hasMessageContaining("stopped at event");
            refusals.incrementAndGet();
            return Status.READY;
        }
    }

    private void start(int batchesInFlight, int commitInterval) {
        Map<String, String> of = new HashMap<>(Map.of("kafka.bootstrap.servers", kept.bootstrapServers()));
        of.put("kafka.topic", kept.name());
        of.put("kafka.consumer.group.id", kept.name());
        of.put("kafka.commitIntervalMillis", Integer.toString(commitInterval));
        of.put("kafka.consumer.client.id", kept.name());
        of.put("kafka.producer.client.id", kept.name());
        of.put("parseAsFlumeEvent", "false");
        channel.setName("c-" + kept.name());
        channel.configure(new Context(of));
        channel.start();

        Map<String, String> toSink = new HashMap<>(Map.of("kafka.bootstrap.servers", out.bootstrapServers()));
        toSink.put("kafka.topic", out.name());
        toSink.put("flumeBatchSize", Integer.toString(BATCH));
        toSink.put("maxInFlightBatches", Integer.toString(batchesInFlight));
        toSink.put("kafka.producer.client.id", out.name());
        sink.setName("k-" + out.name());
        sink.setChannel(channel);
        sink.configure(new Context(toSink));
        sink.start();
    }
}
