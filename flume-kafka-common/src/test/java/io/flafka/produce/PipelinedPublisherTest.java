// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.flafka.client.ClientSettings;
import io.flafka.client.KafkaClients;
import io.flafka.produce.batch.BatchPublisher.RecordsInFlight;
import io.flafka.produce.batch.PublishException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A batch without a Kafka transaction: all records are acknowledged, or the first failure is named. */
class PipelinedPublisherTest {

    private static final ClientSettings SETTINGS = new ClientSettings(Map.of(
            "bootstrap.servers", "b:9092", "client.id", "c", "delivery.timeout.ms", 100, "request.timeout.ms", 50));
    private static final List<ProducerRecord<String, byte[]>> RECORDS = List.of(record("a"), record("b"), record("c"));

    /** Refuses the record of one key, at once or by its acknowledgement. */
    private static final class RefusingProducer extends MockProducer<String, byte[]> {

        private final String refusedKey;
        private final RuntimeException failure;

        RefusingProducer(String refusedKey, RuntimeException failure) {
            super(true, new RoundRobinPartitioner(), new StringSerializer(), new ByteArraySerializer());
            this.refusedKey = refusedKey;
            this.failure = failure;
        }

        @Override
        public synchronized Future<RecordMetadata> send(ProducerRecord<String, byte[]> record, Callback callback) {
            if (!record.key().equals(refusedKey)) {
                return super.send(record, callback);
            }
            callback.onCompletion(null, failure);
            return CompletableFuture.failedFuture(failure);
        }
    }

    @AfterEach
    void clearInterrupt() {
        Thread.interrupted();
    }

    @Test
    void returnsWhenEveryRecordIsAcknowledged() throws PublishException {
        MockProducer<String, byte[]> producer = producer();

        publish(producer, RECORDS);

        assertThat(producer.history()).isEqualTo(RECORDS);
        assertThat(producer.flushed()).isTrue();
    }

    @Test
    void recordsAfterARefusedRecordAreNotSent() {
        MockProducer<String, byte[]> producer =
                new RefusingProducer("b", new RecordTooLargeException("2000000 bytes, the limit is 1048576"));

        PublishException failed = catchThrowableOfType(PublishException.class, () -> publish(producer, RECORDS));

        assertThat(producer.history()).containsExactly(RECORDS.get(0));
        assertThat(failed.firstFailed()).isEqualTo(1);
        assertThat(failed)
                .hasMessage(
                        "record 2 of 2, for topic t, was not acknowledged: RecordTooLargeException: 2000000 bytes, the limit is"
                                + " 1048576; the flow stops at this record until the cause is fixed");
    }

    @Test
    void aTemporaryFailureSaysThatItIsRetried() {
        MockProducer<String, byte[]> producer = new RefusingProducer("a", new TimeoutException("no broker"));

        assertThatThrownBy(() -> publish(producer, RECORDS))
                .hasMessage(
                        "record 1 of 1, for topic t, was not acknowledged: no answer in time from kafka.bootstrap.servers=b:9092"
                                + " (no broker); retrying");
    }

    @Test
    void aMissingTopicHasAnotherMessageThanBrokersWithoutAnAnswer() {
        MockProducer<String, byte[]> producer = new RefusingProducer(
                "a",
                new TimeoutException(
                        "Topic t not present in metadata after 60000 ms.", new UnknownTopicOrPartitionException("?")));

        assertThatThrownBy(() -> publish(producer, RECORDS))
                .hasMessage(
                        "record 1 of 1, for topic t, was not acknowledged: topic t not found at kafka.bootstrap.servers=b:9092"
                                + " (Topic t not present in metadata after 60000 ms.): create it, or allow user 'ANONYMOUS', which"
                                + " does not log in (PLAINTEXT) to describe it (ACL operation Describe); operator action required; retrying");
    }

    @Test
    void aMissingPartitionIsNamed() {
        MockProducer<String, byte[]> producer = new RefusingProducer(
                "a", new TimeoutException("Partition 7 of topic t with partition count 1 is not there"));

        assertThatThrownBy(() -> publish(producer, List.of(new ProducerRecord<>("t", 7, "a", new byte[] {1}))))
                .hasMessage(
                        "record 1 of 1, for topic t partition 7, was not acknowledged: partition 7 of topic t does not exist: it has"
                                + " 0; the flow stops at this record until the cause is fixed");
    }

    @Test
    void anInterruptWhileSendingSaysThatTheAgentIsStopping() {
        MockProducer<String, byte[]> producer = producer();
        producer.sendException = new InterruptException("stop");

        assertThatThrownBy(() -> publish(producer, RECORDS))
                .hasMessage("record 1 of 1, for topic t, was not acknowledged: the agent is stopping; retrying");
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }

    @Test
    void anExceptionOfSendIsAFailureOfThatRecord() {
        MockProducer<String, byte[]> producer = producer();
        producer.sendException = new TimeoutException("no metadata");

        assertThatThrownBy(() -> publish(producer, RECORDS))
                .isInstanceOf(PublishException.class)
                .hasMessageContaining("no answer in time from kafka.bootstrap.servers=b:9092 (no metadata)");
    }

    @Test
    void anInterruptedThreadWaitsForItsAcknowledgementsAndKeepsItsInterruptFlag() throws PublishException {
        MockProducer<String, byte[]> producer = producer();
        producer.flushException = new InterruptException("stop");

        publish(producer, RECORDS);

        assertThat(producer.history()).isEqualTo(RECORDS);
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }

    @Test
    void aSilentProducerIsReplaced() throws PublishException {
        Queue<MockProducer<String, byte[]>> made = new ArrayDeque<>(List.of(new SilentProducer(), producer()));
        MockProducer<String, byte[]> silent = made.element();
        PipelinedPublisher publisher = PipelinedPublisher.ofOneBatch(made::remove, SETTINGS, KafkaClients.REAL::admin);
        RecordsInFlight first = publisher.begin();
        first.send(RECORDS.get(0));
        first.send(RECORDS.get(1));

        List<PublishException> failures = first.await();

        String reason =
                "for topic t, was not acknowledged: no answer from Kafka's client in 1 s, longer than its delivery.timeout.ms;"
                        + " the client is replaced; retrying";
        assertThat(failures)
                .extracting(Throwable::getMessage)
                .containsExactly("record 1 of 2, " + reason, "record 2 of 2, " + reason);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        await().until(silent::closed);

        RecordsInFlight second = publisher.begin();
        second.send(RECORDS.get(0));

        assertThat(second.await()).isEmpty();
        assertThat(made).isEmpty();
    }

    @Test
    void aRecordRejectedByACustomClassFailsAloneAndTheOthersAreStillAwaited() throws PublishException {
        MockProducer<String, byte[]> producer = producer();
        RecordsInFlight inFlight = publisher(producer).begin();
        assertThat(inFlight.send(RECORDS.get(0))).isTrue();
        producer.sendException = new ClassCastException("no number");

        assertThat(inFlight.send(RECORDS.get(1))).isFalse();
        List<PublishException> failures = inFlight.await();

        assertThat(failures)
                .singleElement()
                .satisfies(failure -> assertThat(failure.firstFailed()).isEqualTo(1))
                .extracting(Throwable::getMessage)
                .isEqualTo(
                        "record 2 of 2, for topic t, was not acknowledged: the Kafka producer rejects the record:"
                                + " java.lang.ClassCastException: no number; the flow stops at this record until the cause is fixed");
        assertThat(inFlight.isDone(0)).isTrue();
    }

    @Test
    void closesTheProducer() {
        MockProducer<String, byte[]> producer = producer();

        publisher(producer).close();

        assertThat(producer.closed()).isTrue();
    }

    private static PipelinedPublisher publisher(MockProducer<String, byte[]> producer) {
        return PipelinedPublisher.ofOneBatch(() -> producer, SETTINGS, KafkaClients.REAL::admin);
    }

    /** Sends records until one is refused at once. */
    private static void publish(MockProducer<String, byte[]> producer, List<ProducerRecord<String, byte[]>> records)
            throws PublishException {
        RecordsInFlight inFlight = publisher(producer).begin();
        for (ProducerRecord<String, byte[]> record : records) {
            if (!inFlight.send(record)) {
                break;
            }
        }
        List<PublishException> failures = inFlight.await();
        if (!failures.isEmpty()) {
            throw failures.get(0);
        }
    }

    private static MockProducer<String, byte[]> producer() {
        return new MockProducer<>(true, new RoundRobinPartitioner(), new StringSerializer(), new ByteArraySerializer());
    }

    private static ProducerRecord<String, byte[]> record(String key) {
        return new ProducerRecord<>("t", key, new byte[] {1});
    }
}
