// SPDX-License-Identifier: Apache-2.0
package io.flafka.dist;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.testing.KafkaBrokerExtension;
import io.flafka.testing.TestTopic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
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

/**
 * The real channel and the real sink with a record that the broker rejects. The other events of each partition are
 * equal, so only an event's identity tells them apart.
 */
@Timeout(120)
class ChannelIntoSinkIT {

    @RegisterExtension
    static final KafkaBrokerExtension KAFKA = KafkaBrokerExtension.shared();

    /**
     * Too long to fit into the gap that the rejected record leaves in Kafka's batch. Otherwise the test would wait for
     * delivery.timeout.ms.
     */
    private static final String FIRST = "beat-0 ".repeat(30);

    private static final String SECOND = "beat-1 ".repeat(30);
    private static final int BEFORE = 20;
    private static final int IN_EACH = 150;
    private static final int BATCH = 50;
    private static final int FEW_ATTEMPTS = 10;
    private static final int ATTEMPTS = 80;

    private final TestTopic channelTopic = KAFKA.topic(2);
    private final TestTopic out = KAFKA.topic();
    private final ChannelAndSink flow = new ChannelAndSink();

    @BeforeEach
    void fill() {
        out.configure(Map.of("max.message.bytes", "100000"));
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int i = 0; i < IN_EACH; i++) {
            records.add(channelTopic.record(0, i == BEFORE ? "x".repeat(150_000) : FIRST));
            records.add(channelTopic.record(1, SECOND));
        }
        channelTopic.send(records);
    }

    @AfterEach
    void stop() {
        flow.close();
    }

    @ParameterizedTest
    @CsvSource({"1, 100", "3, 0"})
    void sendsNoAcknowledgedEventAgainAndNothingAfterTheRejectedRecord(int batchesInFlight, int commitInterval)
            throws EventDeliveryException {
        start(batchesInFlight, commitInterval);
        AtomicInteger refusals = new AtomicInteger();
        // A new broker's first group takes its time.
        Awaitility.await().pollInSameThread().until(() -> {
            process(refusals);
            return refusals.get() > 0;
        });
        for (int attempt = 0; attempt < FEW_ATTEMPTS; attempt++) {
            process(refusals);
        }
        int early = written(FIRST);
        for (int attempt = FEW_ATTEMPTS; attempt < ATTEMPTS; attempt++) {
            process(refusals);
        }

        // Only events that were in flight with the record at its first rejection were written to its partition.
        assertThat(refusals).hasValueGreaterThan(ATTEMPTS / 2);
        assertThat(written(FIRST)).isEqualTo(early).isLessThanOrEqualTo(BEFORE + batchesInFlight * BATCH);

        out.configure(Map.of("max.message.bytes", "200000"));
        Awaitility.await().until(() -> process(refusals) == Status.BACKOFF && out.sumOfEndOffsets() >= 2 * IN_EACH);
        assertThat(out.sumOfEndOffsets()).isEqualTo(2 * IN_EACH);
        assertThat(written(FIRST)).isEqualTo(IN_EACH - 1);
        assertThat(written(SECOND)).isEqualTo(IN_EACH);
        Awaitility.await()
                .untilAsserted(() -> assertThat(channelTopic.committed(channelTopic.name()))
                        .isEqualTo(Map.of(0, (long) IN_EACH, 1, (long) IN_EACH)));
    }

    private int written(String body) {
        return (int) out.readToEnd().stream()
                .filter(record -> new String(record.value(), UTF_8).equals(body))
                .count();
    }

    private Status process(AtomicInteger refusals) throws EventDeliveryException {
        try {
            return flow.process();
        } catch (EventDeliveryException refused) {
            assertThat(refused).hasMessageContaining("stopped at event");
            refusals.incrementAndGet();
            return Status.READY;
        }
    }

    private void start(int batchesInFlight, int commitInterval) {
        flow.start(
                channelTopic,
                Map.of("kafka.commitIntervalMillis", Integer.toString(commitInterval)),
                out,
                Map.of(
                        "flumeBatchSize",
                        Integer.toString(BATCH),
                        "maxInFlightBatches",
                        Integer.toString(batchesInFlight)));
    }
}
