// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flafka.client.ClientSettings;
import io.flafka.client.KafkaClients;
import io.flafka.produce.PipelinedPublisher;
import io.flafka.produce.batch.BatchPublisher;
import io.flafka.produce.batch.BatchPublisher.RecordsInFlight;
import io.flafka.produce.batch.PublishException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

/** Which records must be acknowledged before the next one is sent. */
class SentRecordsTest {

    private static final Duration A_MOMENT = Duration.ofMillis(200);

    private final MockProducer<String, byte[]> producer =
            new MockProducer<>(false, new RoundRobinPartitioner(), new StringSerializer(), new ByteArraySerializer());
    private final BatchPublisher publisher = PipelinedPublisher.ofSeveralBatches(
            () -> producer, new ClientSettings(Map.of("bootstrap.servers", "b:9092")), KafkaClients.REAL::admin);

    @Test
    void waitsForTheFirstRecordOfATopicOnly() throws Exception {
        RecordsInFlight batch = publisher.begin();

        assertWaitsFor(batch, record("t", 1));

        assertThat(batch.send(record("t", 2))).isTrue();
        assertThat(batch.send(record("t", 3))).isTrue();
        assertThat(producer.history()).hasSize(3);
        assertWaitsFor(batch, record("u", 1));
    }

    @Test
    void waitsForALargeRecordThatWasNotAnsweredInTimeBefore() throws Exception {
        RecordsInFlight batch = publisher.begin();
        assertWaitsFor(batch, record("t", 1));
        batch.send(record("t", 2));
        batch.send(record("t", 5000));
        assertThat(producer.completeNext()).isTrue();
        assertThat(producer.errorNext(new org.apache.kafka.common.errors.TimeoutException("no answer")))
                .isTrue();

        assertThat(batch.await())
                .singleElement()
                .extracting(PublishException::firstFailed)
                .isEqualTo(2);

        RecordsInFlight next = publisher.begin();
        assertThat(next.send(record("t", 2))).isTrue();
        assertThat(producer.completeNext()).isTrue();
        assertWaitsFor(next, record("t", 5000));
        assertThat(next.send(record("t", 5000))).isTrue();
        assertThat(producer.completeNext()).isTrue();
        assertThat(next.await()).isEmpty();
    }

    private void assertWaitsFor(RecordsInFlight batch, ProducerRecord<String, byte[]> record) throws Exception {
        int before = producer.history().size();
        while (producer.completeNext()) {
            // Acknowledges the records in flight first.
        }
        CompletableFuture<Boolean> sent = CompletableFuture.supplyAsync(() -> batch.send(record));
        await().until(() -> producer.history().size() > before);
        assertThat(sent).failsWithin(A_MOMENT).withThrowableThat().isInstanceOf(TimeoutException.class);
        assertThat(producer.completeNext()).isTrue();
        assertThat(sent.get(30, TimeUnit.SECONDS)).isTrue();
    }

    private static ProducerRecord<String, byte[]> record(String topic, int size) {
        return new ProducerRecord<>(topic, new byte[size]);
    }
}
