// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flafka.client.ClientSettings;
import io.flafka.client.KafkaClients;
import io.flafka.produce.batch.BatchPublisher.RecordsInFlight;
import io.flafka.produce.batch.LoginRefusedException;
import io.flafka.produce.batch.PublishException;
import io.flafka.produce.send.FakeLogins;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

/** What a refused login means for the batches of a publisher. */
class PublisherLoginTest {

    private static final ProducerRecord<String, byte[]> RECORD = new ProducerRecord<>("t", "a", new byte[0]);

    @Test
    void aRefusedLoginEndsTheWaitBeforeTheDeliveryTimeout() {
        MockProducer<String, byte[]> producer = new SilentProducer();
        FakeLogins logins = FakeLogins.of(producer);
        logins.refuse();
        Queue<MockProducer<String, byte[]>> made = new ArrayDeque<>(List.of(producer, unansweredProducer()));
        PipelinedPublisher publisher = PipelinedPublisher.ofOneBatch(
                made::remove,
                new ClientSettings(Map.of(
                        "bootstrap.servers",
                        "b:9092",
                        "client.id",
                        "c",
                        "security.protocol",
                        "SASL_SSL",
                        "sasl.mechanism",
                        "PLAIN",
                        "sasl.jaas.config",
                        "x.PlainLoginModule required username=\"u\" password=\"p\";")),
                KafkaClients.REAL::admin);
        RecordsInFlight first = publisher.begin();
        first.send(RECORD);

        assertThat(first.await())
                .singleElement()
                .extracting(Throwable::getMessage)
                .isEqualTo(
                        "record 1 of 1, for topic t, was not acknowledged: kafka.bootstrap.servers=b:9092 rejects the login of user 'u'"
                                + " (SASL_SSL, PLAIN) (LoginRefusedException: the login or the TLS handshake has failed; Kafka's client has"
                                + " logged why); check kafka.client.sasl.jaas.config, and that the brokers know this user; operator action required; retrying");
        assertThat(made).isEmpty();
        await().until(producer::closed);
    }

    /** Otherwise the producer is closed, and the next one writes the batch in flight a second time. */
    @Test
    void aBatchInFlightIsNotGivenUpForABatchThatBeganAfterTheLoginWasRefused() {
        MockProducer<String, byte[]> producer = unansweredProducer();
        FakeLogins logins = FakeLogins.of(producer);
        Queue<MockProducer<String, byte[]>> made = new ArrayDeque<>(List.of(producer, unansweredProducer()));
        PipelinedPublisher publisher = severalBatches(made);
        proveThatItWrites(publisher, producer);
        CompletableFuture<List<PublishException>> inFlight = publish(publisher);
        await().until(() -> producer.history().size() == 2);
        logins.refuse();
        CompletableFuture<List<PublishException>> after = publish(publisher);

        await().atMost(Duration.ofSeconds(20))
                .during(Duration.ofSeconds(3))
                .until(() -> !after.isDone() && !producer.closed());

        logins.accept();
        logins.countRecords(1);
        assertThat(producer.completeNext()).isTrue();
        await().until(producer::completeNext);
        assertThat(inFlight.join()).isEmpty();
        assertThat(after.join()).isEmpty();
        assertThat(made).hasSize(1);
    }

    /** The producer has no record of that batch any more, but may have some of others. */
    @Test
    void aRecordThatWasTooLateBecauseOfARefusedLoginDoesNotCloseTheProducer() {
        MockProducer<String, byte[]> producer = unansweredProducer();
        FakeLogins logins = FakeLogins.of(producer);
        Queue<MockProducer<String, byte[]>> made = new ArrayDeque<>(List.of(producer, unansweredProducer()));
        PipelinedPublisher publisher = severalBatches(made);
        proveThatItWrites(publisher, producer);
        CompletableFuture<List<PublishException>> late = publish(publisher);
        await().until(() -> producer.history().size() == 2);
        logins.refuse();

        assertThat(producer.errorNext(new TimeoutException("Expiring 1 record(s)")))
                .isTrue();

        assertThat(late.join())
                .singleElement()
                .satisfies(failure -> assertThat(failure.getCause()).isInstanceOf(LoginRefusedException.class));
        assertThat(producer.closed()).isFalse();
        assertThat(made).hasSize(1);
    }

    private static PipelinedPublisher severalBatches(Queue<MockProducer<String, byte[]>> producers) {
        return PipelinedPublisher.ofSeveralBatches(
                producers::remove,
                new ClientSettings(Map.of("bootstrap.servers", "b:9092", "client.id", "c")),
                KafkaClients.REAL::admin);
    }

    private static void proveThatItWrites(PipelinedPublisher publisher, MockProducer<String, byte[]> producer) {
        CompletableFuture<List<PublishException>> proof = publish(publisher);
        await().until(producer::completeNext);
        assertThat(proof.join()).isEmpty();
    }

    private static CompletableFuture<List<PublishException>> publish(PipelinedPublisher publisher) {
        RecordsInFlight batch = publisher.begin();
        return CompletableFuture.supplyAsync(() -> {
            batch.send(RECORD);
            return batch.await();
        });
    }

    private static MockProducer<String, byte[]> unansweredProducer() {
        return new MockProducer<>(
                false, new RoundRobinPartitioner(), new StringSerializer(), new ByteArraySerializer());
    }
}
