// SPDX-License-Identifier: Apache-2.0
package io.flafka.dist;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.testing.KafkaBrokerExtension;
import io.flafka.testing.NumberedEvents;
import io.flafka.testing.TestTopic;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.flume.EventDeliveryException;
import org.apache.flume.event.EventBuilder;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The real channel and the real sink that drains it, in cases where one could confuse the other's state with its own.
 */
@Timeout(120)
class ChannelAndSinkIT {

    @RegisterExtension
    static final KafkaBrokerExtension KAFKA = KafkaBrokerExtension.shared();

    /**
     * Too long to fit into the gap that the rejected record leaves in Kafka's batch. Otherwise the test would wait for
     * delivery.timeout.ms.
     */
    private static final String BEAT = "beat ".repeat(40);

    private static final int BEATS = 5;
    private static final int ROUNDS = 3;

    private final TestTopic channelTopic = KAFKA.topic();
    private final TestTopic out = KAFKA.topic();
    private final ChannelAndSink flow = new ChannelAndSink();

    @AfterEach
    void stop() {
        flow.close();
    }

    /**
     * Equal events of the deleted topic were written by a batch that was rolled back. Those of the new topic are other
     * events.
     */
    @Test
    void deliversARecreatedTopicCompletelyAfterARejectedBatch() {
        out.configure(Map.of("max.message.bytes", "100000"));
        List<String> before = new ArrayList<>(Collections.nCopies(BEATS, BEAT));
        before.add("x".repeat(150_000));
        channelTopic.send(before.toArray(String[]::new));
        flow.start(channelTopic, Map.of(), out, Map.of("flumeBatchSize", "50"));
        for (int attempt = 0; attempt < ROUNDS; attempt++) {
            Awaitility.await()
                    .untilAsserted(() -> assertThatThrownBy(flow::process)
                            .isInstanceOf(EventDeliveryException.class)
                            .hasMessageContaining("stopped at event"));
        }
        assertThat(values()).isEqualTo(Collections.nCopies(BEATS, BEAT));

        channelTopic.delete();
        TestTopic.create(KAFKA.cluster(), channelTopic.name(), 1)
                .send(Collections.nCopies(2 * BEATS, BEAT).toArray(String[]::new));

        Awaitility.await().ignoreException(EventDeliveryException.class).until(() -> {
            flow.process();
            return out.sumOfEndOffsets() >= 3 * BEATS;
        });
        assertThat(values()).isEqualTo(Collections.nCopies(3 * BEATS, BEAT));
    }

    /**
     * Kafka identifies a transactional producer only by its id. With the same id, each transaction would fence the
     * other producer.
     */
    @Test
    void neitherFencesTheOtherWithTheSameNameAndTransactionalId() throws EventDeliveryException {
        Map<String, String> transactions = Map.of("kafka.producer.transactional.id", "tx");
        flow.startAs("kafka-" + channelTopic.name(), channelTopic, transactions, out, transactions);
        NumberedEvents numbers = new NumberedEvents("e");
        List<String> all = new ArrayList<>();

        for (int round = 1; round <= ROUNDS; round++) {
            List<String> bodies = numbers.next(BEATS);
            all.addAll(bodies);
            flow.put(bodies.stream()
                    .map(body -> EventBuilder.withBody(body, UTF_8))
                    .toList());
            while (values().size() < all.size()) {
                flow.process();
            }
        }

        assertThat(values()).isEqualTo(all);
        assertThat(out.transactionalIds("tx-"))
                .filteredOn(id -> id.endsWith("kafka-" + channelTopic.name())
                        || id.contains("kafka-" + channelTopic.name() + "."))
                .hasSize(2);
    }

    private List<String> values() {
        return out.readToEnd().stream()
                .map(record -> new String(record.value(), UTF_8))
                .toList();
    }
}
