// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.flafka.client.ClientSettings;
import io.flafka.client.KafkaClients;
import io.flafka.exactlyonce.OffsetsToCommit;
import io.flafka.metrics.MetricGroup;
import io.flafka.produce.batch.PublishException;
import io.flafka.produce.send.ScriptedProducer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InvalidPidMappingException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Publishes in Kafka transactions: all records or none, and which producers are closed or replaced. */
class TransactionalPublisherTest {

    private static final ClientSettings SETTINGS = new ClientSettings(Map.of("bootstrap.servers", "b:9092"));
    private static final List<ProducerRecord<String, byte[]>> RECORDS = List.of(record("a"), record("b"), record("c"));
    private static final String FENCED =
            "the Kafka transaction of 3 records was not confirmed: another process has taken over the transactional id"
                    + " puts-channel.agent.c1.0: either two agents of the same name have the same kafka.producer.transactional.id, or this"
                    + " agent was suspended and has been replaced. This component writes nothing more until it is restarted: stop one of"
                    + " the two agents, or give it an id of its own";

    private final List<String> ids = new ArrayList<>();
    private final List<ScriptedProducer> made = new ArrayList<>();
    private final TransactionalPublisher publisher = new TransactionalPublisher(
            new TransactionalIds("puts", TransactionalIds.Kind.CHANNEL, "agent", "c1"),
            (id, number) -> make(id),
            TransactionalPublisher.Limits.WITHOUT_OFFSETS,
            SETTINGS,
            KafkaClients.REAL::admin,
            new TransactionMetrics(new MetricGroup()));

    @AfterEach
    void clearInterrupt() {
        Thread.interrupted();
    }

    @Test
    void createsNoProducerBeforeTheFirstTransaction() throws PublishException {
        publisher.publish(List.of(), OffsetsToCommit.NONE);

        assertThat(made).isEmpty();
    }

    @Test
    void returnsWhenTheTransactionIsCommitted() throws PublishException {
        publisher.publish(RECORDS, OffsetsToCommit.NONE);

        assertThat(made.get(0).history()).isEqualTo(RECORDS);
        assertThat(made.get(0).transactionCommitted()).isTrue();
    }

    @Test
    void oneThreadAlwaysGetsTheSameId() throws PublishException {
        publisher.publish(RECORDS, OffsetsToCommit.NONE);
        publisher.publish(RECORDS, OffsetsToCommit.NONE);

        assertThat(ids).containsExactly("puts-channel.agent.c1.0");
        assertThat(made.get(0).commitCount()).isEqualTo(2);
    }

    @Test
    void concurrentThreadsUseDifferentIdsAndTheLowestFirst() throws Exception {
        publisher.publish(RECORDS, OffsetsToCommit.NONE);
        made.get(0).committing = new CountDownLatch(1);
        made.get(0).mayCommit = new CountDownLatch(1);
        CompletableFuture<Void> first = CompletableFuture.runAsync(this::publish);
        assertThat(made.get(0).committing.await(30, TimeUnit.SECONDS)).isTrue();

        publisher.publish(RECORDS, OffsetsToCommit.NONE);
        made.get(0).mayCommit.countDown();
        first.join();
        publisher.publish(RECORDS, OffsetsToCommit.NONE);

        assertThat(ids).containsExactly("puts-channel.agent.c1.0", "puts-channel.agent.c1.1");
        assertThat(made.get(0).commitCount()).isEqualTo(3);
        assertThat(made.get(1).commitCount()).isEqualTo(1);
    }

    @Test
    void aRefusedRecordAbortsTheTransactionAndTheProducerIsKept() throws PublishException {
        publisher.publish(RECORDS, OffsetsToCommit.NONE);
        made.get(0).refusedKey = "b";

        PublishException failed =
                catchThrowableOfType(PublishException.class, () -> publisher.publish(RECORDS, OffsetsToCommit.NONE));
        made.get(0).refusedKey = "";
        publisher.publish(RECORDS, OffsetsToCommit.NONE);

        assertThat(failed)
                .hasMessage(
                        "record 2 of 3, for topic t, was not acknowledged: RecordTooLargeException: too large; the flow stops"
                                + " at this record until the cause is fixed");
        assertThat(failed.firstFailed()).isEqualTo(1);
        assertThat(made).hasSize(1);
        assertThat(made.get(0).history()).hasSize(6);
        assertThat(made.get(0).commitCount()).isEqualTo(2);
    }

    @Test
    void aCommitWithoutAnAnswerReplacesTheProducerAndKeepsTheId() throws PublishException {
        publisher.publish(RECORDS, OffsetsToCommit.NONE);
        made.get(0).commitTransactionException = new TimeoutException("no answer to the marker");

        PublishException failed =
                catchThrowableOfType(PublishException.class, () -> publisher.publish(RECORDS, OffsetsToCommit.NONE));
        publisher.publish(RECORDS, OffsetsToCommit.NONE);

        assertThat(failed)
                .hasMessage("the Kafka transaction of 3 records was not confirmed: no answer in time from"
                        + " kafka.bootstrap.servers=b:9092 (no answer to the marker); retrying");
        assertThat(failed.firstFailed()).isEqualTo(3);
        assertThat(made.get(0).closed()).isTrue();
        assertThat(ids).containsExactly("puts-channel.agent.c1.0", "puts-channel.agent.c1.0");
        assertThat(made.get(1).history()).isEqualTo(RECORDS);
    }

    @Test
    void anExpiredIdFailsOneTransaction() throws PublishException {
        publisher.publish(RECORDS, OffsetsToCommit.NONE);
        made.get(0).commitTransactionException = new InvalidPidMappingException("expired");

        assertThatThrownBy(() -> publisher.publish(RECORDS, OffsetsToCommit.NONE))
                .hasMessageEndingWith("expired; retrying");
        publisher.publish(RECORDS, OffsetsToCommit.NONE);

        assertThat(made.get(1).history()).isEqualTo(RECORDS);
    }

    @Test
    void aProducerThatCannotStartIsReplacedForTheNextTransaction() throws PublishException {
        ScriptedProducer refused = new ScriptedProducer();
        refused.initTransactionException = new TimeoutException("no coordinator");
        made.add(refused);
        TransactionalPublisher other = new TransactionalPublisher(
                new TransactionalIds("puts", TransactionalIds.Kind.CHANNEL, "agent", "c1"),
                (id, number) -> refused.closed() ? make(id) : refused,
                TransactionalPublisher.Limits.WITHOUT_OFFSETS,
                SETTINGS,
                KafkaClients.REAL::admin,
                new TransactionMetrics(new MetricGroup()));

        assertThatThrownBy(() -> other.publish(RECORDS, OffsetsToCommit.NONE))
                .hasMessageContaining("(no coordinator); retrying");
        other.publish(RECORDS, OffsetsToCommit.NONE);

        assertThat(made.get(1).history()).isEqualTo(RECORDS);
    }

    @Test
    void onceFencedItWritesNothingMoreAndDoesNotTakeTheIdBack() throws PublishException {
        publisher.publish(RECORDS, OffsetsToCommit.NONE);
        made.get(0).fenceProducer();

        assertThatThrownBy(() -> publisher.publish(RECORDS, OffsetsToCommit.NONE))
                .hasMessage(FENCED);
        assertThatThrownBy(() -> publisher.publish(RECORDS, OffsetsToCommit.NONE))
                .hasMessage(FENCED);

        assertThat(made).hasSize(1);
        assertThat(made.get(0).closed()).isTrue();
    }

    @Test
    void fencingDuringAnAbortIsReportedInsteadOfTheFirstFailure() throws PublishException {
        publisher.publish(RECORDS, OffsetsToCommit.NONE);
        made.get(0).refusedKey = "b";
        made.get(0).abortTransactionException = new ProducerFencedException("newer epoch");

        assertThatThrownBy(() -> publisher.publish(RECORDS, OffsetsToCommit.NONE))
                .hasMessage(FENCED);
    }

    @Test
    void anInterruptedCommitIsCompleted() throws PublishException {
        publisher.publish(RECORDS, OffsetsToCommit.NONE);
        made.get(0).interruptedInCommit = true;

        publisher.publish(RECORDS, OffsetsToCommit.NONE);

        assertThat(made.get(0).commitCount()).isEqualTo(2);
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }

    @Test
    void closesEveryProducerAndCreatesNoneAfterThat() throws PublishException {
        publisher.publish(RECORDS, OffsetsToCommit.NONE);

        publisher.close();

        assertThat(made.get(0).closed()).isTrue();
        assertThatThrownBy(() -> publisher.publish(RECORDS, OffsetsToCommit.NONE))
                .isInstanceOf(PublishException.class);
        assertThat(made).hasSize(1);
    }

    private void publish() {
        try {
            publisher.publish(RECORDS, OffsetsToCommit.NONE);
        } catch (PublishException failed) {
            throw new AssertionError(failed);
        }
    }

    private Producer<String, byte[]> make(String id) {
        ids.add(id);
        ScriptedProducer producer = new ScriptedProducer();
        made.add(producer);
        return producer;
    }

    private static ProducerRecord<String, byte[]> record(String key) {
        return new ProducerRecord<>("t", key, new byte[] {1});
    }
}
