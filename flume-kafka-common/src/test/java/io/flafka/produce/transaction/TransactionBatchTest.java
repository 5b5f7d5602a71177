// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce.transaction;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.client.ClientSettings;
import io.flafka.client.KafkaClients;
import io.flafka.exactlyonce.OffsetsToCommit;
import io.flafka.metrics.MetricGroup;
import io.flafka.produce.batch.PublishException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

/** A batch in one Kafka transaction: nothing is sent before the end, then all records or none; the second attempt leaves a bad record out. */
class TransactionBatchTest {

    /** Refuses some records as too large. */
    private static final class Refusing extends MockProducer<String, byte[]> {

        private final Set<String> tooLarge = new HashSet<>();

        Refusing() {
            super(true, new RoundRobinPartitioner(), new StringSerializer(), new ByteArraySerializer());
        }

        @Override
        public synchronized Future<RecordMetadata> send(ProducerRecord<String, byte[]> record, Callback callback) {
            if (tooLarge.contains(body(record))) {
                RecordTooLargeException refusal = new RecordTooLargeException("larger than allowed");
                callback.onCompletion(null, refusal);
                return CompletableFuture.failedFuture(refusal);
            }
            return super.send(record, callback);
        }
    }

    private final Refusing producer = new Refusing();
    private final TransactionBatch records = new TransactionBatch(
            new TransactionalPublisher(
                    new TransactionalIds("puts", TransactionalIds.Kind.SINK, "agent", "k1"),
                    (id, number) -> producer,
                    TransactionalPublisher.Limits.WITHOUT_OFFSETS,
                    new ClientSettings(Map.of("bootstrap.servers", "b:9092")),
                    KafkaClients.REAL::admin,
                    new TransactionMetrics(new MetricGroup())),
            OffsetsToCommit.NONE);

    @Test
    void sendsNothingBeforeTheEndAndThenEveryRecord() {
        assertThat(records.send(record("a"))).isTrue();
        records.addDone();
        assertThat(records.send(record("b"))).isTrue();
        assertThat(producer.history()).isEmpty();
        assertThat(List.of(records.isDone(0), records.isDone(1), records.isDone(2)))
                .containsExactly(false, true, false);

        assertThat(records.await()).isEmpty();

        assertThat(producer.history()).extracting(TransactionBatchTest::body).containsExactly("a", "b");
        assertThat(producer.commitCount()).isEqualTo(1);
        assertThat(List.of(records.isDone(0), records.isDone(1), records.isDone(2)))
                .containsOnly(true);
        assertThat(records.await()).isEmpty();
        assertThat(producer.commitCount()).isEqualTo(1);
    }

    @Test
    void aBadRecordIsNamedByItsIndexAndTheOthersAreWrittenWithoutIt() {
        producer.tooLarge.add("c");
        records.addDone();
        records.send(record("b"));
        records.send(record("c"));
        records.send(record("d"));

        List<PublishException> failures = records.await();

        assertThat(failures).singleElement().satisfies(failure -> {
            assertThat(failure.firstFailed()).isEqualTo(2);
            assertThat(failure).hasMessageStartingWith("record 3 of 4, ");
            assertThat(failure.reason()).contains("larger than allowed");
        });
        assertThat(body(records.record(2))).isEqualTo("c");
        assertThat(producer.history()).isEmpty();
        assertThat(records.isDone(1)).isFalse();

        records.markDone(2);
        assertThat(records.await()).isEmpty();

        assertThat(producer.history()).extracting(TransactionBatchTest::body).containsExactly("b", "d");
    }

    private static ProducerRecord<String, byte[]> record(String body) {
        return new ProducerRecord<>("t", body.getBytes(UTF_8));
    }

    private static String body(ProducerRecord<String, byte[]> record) {
        return new String(record.value(), UTF_8);
    }
}
