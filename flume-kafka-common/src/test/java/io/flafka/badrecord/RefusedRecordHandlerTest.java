// SPDX-License-Identifier: Apache-2.0
package io.flafka.badrecord;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.client.ClientSettings;
import io.flafka.client.KafkaClients;
import io.flafka.produce.PipelinedPublisher;
import io.flafka.produce.batch.BatchPublisher.RecordsInFlight;
import io.flafka.produce.batch.PublishException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

/** What happens to the records of a batch when Kafka refuses some of them. */
class RefusedRecordHandlerTest {

    private final RecordTooLargeException tooLarge = new RecordTooLargeException("larger than allowed");
    /** The failure that Kafka's client reports for records that share a request with a bad one. */
    private final KafkaException bystander = new KafkaException("the batch was refused");

    /** Answers at once. A record with failures fails once with each of them, in order. */
    private static final class Answering extends MockProducer<String, byte[]> {

        private final Map<String, Deque<RuntimeException>> failures = new HashMap<>();

        Answering() {
            super(true, new RoundRobinPartitioner(), new StringSerializer(), new ByteArraySerializer());
        }

        void fail(String body, RuntimeException... with) {
            failures.put(body, new ArrayDeque<>(Arrays.asList(with)));
        }

        @Override
        public synchronized Future<RecordMetadata> send(ProducerRecord<String, byte[]> record, Callback callback) {
            Deque<RuntimeException> own = failures.getOrDefault(text(record.value()), new ArrayDeque<>());
            if (own.isEmpty()) {
                return super.send(record, callback);
            }
            RuntimeException failure = own.remove();
            callback.onCompletion(null, failure);
            return CompletableFuture.failedFuture(failure);
        }
    }

    private final Answering producer = new Answering();
    private final List<BadRecord> disposed = new ArrayList<>();
    private final RecordsInFlight inFlight = PipelinedPublisher.ofSeveralBatches(
                    () -> producer,
                    new ClientSettings(Map.of("bootstrap.servers", "broker:9092")),
                    KafkaClients.REAL::admin)
            .begin();
    private boolean stops;

    private final RefusedRecordHandler refusals = new RefusedRecordHandler(
            record -> {
                if (stops) {
                    throw new FlowStoppedException(record, "and that is not allowed");
                }
                disposed.add(record);
            },
            ISO_8859_1);

    @Test
    void acknowledgedRecordsAreNotDisposedOf() throws Exception {
        send("a", "b");

        refusals.settle(inFlight);

        assertThat(disposed).isEmpty();
        assertThat(sent()).containsExactly("a", "b");
    }

    @Test
    void aRefusedRecordIsDisposedOfWithTheBytesItWouldHaveHad() throws Exception {
        producer.fail("b", tooLarge);
        send("a", "b", "c");

        refusals.settle(inFlight);

        assertThat(sent()).containsExactly("a", "c");
        assertThat(disposed).singleElement().satisfies(bad -> {
            assertThat(bad.key()).isEqualTo("ü".getBytes(ISO_8859_1));
            assertThat(bad.value()).isEqualTo("b".getBytes(UTF_8));
            assertThat(bad.headers().lastHeader("h").value()).isEqualTo(new byte[] {1});
            assertThat(bad.reason()).isSameAs(tooLarge);
            assertThat(bad.toString()).startsWith("a record for t: RecordTooLargeException: larger than allowed");
        });
        assertThat(List.of(inFlight.isDone(0), inFlight.isDone(1), inFlight.isDone(2)))
                .containsOnly(true);
    }

    @Test
    void recordsInOneRequestWithABadRecordAreSentAgain() throws Exception {
        producer.fail("b", tooLarge);
        producer.fail("c", bystander);
        send("a", "b", "c");

        refusals.settle(inFlight);

        assertThat(sent()).containsExactly("a", "c");
        assertThat(disposed).hasSize(1);
    }

    @Test
    void withoutABadRecordTheSameFailureFailsTheBatch() {
        producer.fail("b", bystander, bystander);
        send("a", "b");

        assertThatThrownBy(() -> refusals.settle(inFlight))
                .isInstanceOf(PublishException.class)
                .hasMessageStartingWith("record 2 of 2, ");

        assertThat(disposed).isEmpty();
        assertThat(sent()).containsExactly("a");
    }

    @Test
    void aTemporaryFailureFailsTheBatchAfterTheBadRecordsAreDisposedOf() {
        producer.fail("a", new TimeoutException("no leader"));
        producer.fail("b", tooLarge);
        send("a", "b", "c");

        assertThatThrownBy(() -> refusals.settle(inFlight))
                .isInstanceOf(PublishException.class)
                .hasMessageContaining("no leader");

        assertThat(disposed).hasSize(1);
        assertThat(inFlight.isDone(0)).isFalse();
        assertThat(inFlight.isDone(1)).isTrue();
        assertThat(inFlight.isDone(2)).isTrue();
    }

    @Test
    void aRecordThatMayNotBeSkippedStopsTheFlowAtItsIndex() {
        stops = true;
        producer.fail("b", tooLarge);
        send("a", "b", "c");

        assertThatThrownBy(() -> refusals.settle(inFlight))
                .isInstanceOfSatisfying(
                        RefusedRecordHandler.Stopped.class,
                        stopped -> assertThat(stopped.index()).isEqualTo(1))
                .hasMessageContaining("and that is not allowed");

        assertThat(inFlight.isDone(1)).isFalse();
    }

    private void send(String... bodies) {
        for (String body : bodies) {
            ProducerRecord<String, byte[]> record = new ProducerRecord<>("t", "ü", body.getBytes(UTF_8));
            record.headers().add("h", new byte[] {1});
            inFlight.send(record);
        }
    }

    private List<String> sent() {
        return producer.history().stream().map(record -> text(record.value())).toList();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, UTF_8);
    }
}
