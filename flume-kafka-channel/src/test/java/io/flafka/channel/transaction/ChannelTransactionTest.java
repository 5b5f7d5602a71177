// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.transaction;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.flafka.badrecord.BadRecordPolicy;
import io.flafka.channel.ChannelSettings;
import io.flafka.channel.metrics.ChannelMetrics;
import io.flafka.client.ClientSettings;
import io.flafka.client.KafkaClients;
import io.flafka.produce.PipelinedPublisher;
import io.flafka.produce.batch.BatchPublisher;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flume.ChannelException;
import org.apache.flume.Event;
import org.apache.flume.event.EventBuilder;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

/** Tests the order of a transaction's calls, and puts in every state. */
class ChannelTransactionTest {

    private static final ClientSettings SETTINGS = new ClientSettings(Map.of("bootstrap.servers", "broker:9092"));

    private final MockProducer<String, byte[]> producer =
            new MockProducer<>(true, new RoundRobinPartitioner(), new StringSerializer(), new ByteArraySerializer());
    private final ChannelMetrics metrics = new ChannelMetrics("c1");
    private final BadRecordPolicy badRecords = ChannelSettings.from(
                    "c1", Map.of("kafka.bootstrap.servers", "broker:9092"))
            .errors()
            .start(metrics.badRecords(), KafkaClients.REAL);
    private final AtomicInteger closed = new AtomicInteger();
    private final ChannelTransaction transaction = new ChannelTransaction(work(), closed::incrementAndGet);

    @Test
    void eventsAreInKafkaWhenTheCommitReturns() {
        transaction.begin();
        transaction.put(event("a", Map.of("key", "k", "p", "0")));
        assertThat(producer.history()).isEmpty();

        transaction.commit();
        transaction.close();

        assertThat(producer.history()).hasSize(1);
        assertThat(producer.history().get(0).key()).isEqualTo("k");
        assertThat(producer.history().get(0).value()).isEqualTo("a".getBytes(UTF_8));
        assertThat(producer.history().get(0).partition()).isZero();
        assertThat(metrics.getEventPutSuccessCount()).isEqualTo(1);
        assertThat(closed).hasValue(1);
    }

    @Test
    void includedHeadersBecomeRecordHeaders() {
        transaction.begin();
        transaction.put(event("a", Map.of("x-host", "h", "other", "o")));
        transaction.commit();
        transaction.close();

        assertThat(producer.history().get(0).headers()).singleElement().satisfies(header -> {
            assertThat(header.key()).isEqualTo("x-host");
            assertThat(header.value()).isEqualTo("h".getBytes(UTF_8));
        });
    }

    @Test
    void rejectsAnEventBeyondTheTransactionCapacity() {
        transaction.begin();
        transaction.put(event("a", Map.of()));
        transaction.put(event("b", Map.of()));

        assertThatThrownBy(() -> transaction.put(event("c", Map.of())))
                .isInstanceOf(ChannelException.class)
                .hasMessage(
                        "KafkaChannel c1: a put transaction holds at most 2 events; use a smaller batch in the source, or raise"
                                + " transactionCapacity");
        transaction.rollback();
        transaction.close();

        assertThat(producer.history()).isEmpty();
        assertThat(metrics.group().number("EventPutFailCount")).isEqualTo(1);
    }

    @Test
    void aRollbackBeforeTheCommitSendsNothing() {
        transaction.begin();
        transaction.put(event("a", Map.of()));

        transaction.rollback();
        transaction.close();

        assertThat(producer.history()).isEmpty();
    }

    @Test
    void anEmptyTransactionCanBeCommittedOrRolledBack() {
        transaction.begin();
        transaction.rollback();
        transaction.close();

        ChannelTransaction other = new ChannelTransaction(work(), closed::incrementAndGet);
        other.begin();
        other.commit();
        other.close();

        assertThat(closed).hasValue(2);
    }

    @Test
    void aPutWithAnInvalidPartitionHeaderFailsAndCanBeRolledBack() {
        transaction.begin();

        assertThatThrownBy(() -> transaction.put(event("a", Map.of("p", "two"))))
                .isInstanceOf(ChannelException.class)
                .hasMessage(
                        "KafkaChannel c1: cannot put an event: event header 'p' (partitionIdHeader) is 'two', which is not a"
                                + " partition number: it must be an integer of at least 0; fix the cause, or skip the record with errors.tolerance=all and"
                                + " errors.deadletterqueue.topic.name");
        transaction.rollback();
        transaction.close();

        assertThat(metrics.group().number("EventPutFailCount")).isEqualTo(1);
    }

    @Test
    void aCommitWithARecordThatKafkaRejectsFailsAndCanBeRolledBack() {
        producer.sendException =
                new RecordTooLargeException("The message is 2000000 bytes, larger than max.request.size");
        transaction.begin();
        transaction.put(event("a", Map.of()));

        assertThatThrownBy(transaction::commit)
                .isInstanceOf(ChannelException.class)
                .hasMessage(
                        "KafkaChannel c1: cannot put event 1 of 1, a record for t: RecordTooLargeException: The message is 2000000 bytes, larger than"
                                + " max.request.size; fix the cause, or skip the record with errors.tolerance=all and"
                                + " errors.deadletterqueue.topic.name");
        transaction.rollback();
        transaction.close();

        assertThat(metrics.getEventPutSuccessCount()).isZero();
        assertThat(metrics.group().number("EventPutFailCount")).isEqualTo(1);
    }

    @Test
    void cannotPutAndTakeInOneTransaction() {
        transaction.begin();
        transaction.put(event("a", Map.of()));

        assertThatThrownBy(transaction::take)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("take() called in a put transaction");
    }

    @Test
    void rejectsCallsOutOfOrder() {
        assertThatThrownBy(() -> transaction.put(event("a", Map.of())))
                .hasMessage("put() called, but the transaction is NEW; it must be OPEN");
        transaction.begin();
        assertThatThrownBy(transaction::begin)
                .hasMessage("begin() called, but the transaction is OPEN; it must be NEW");
        transaction.commit();
        assertThatThrownBy(transaction::rollback)
                .hasMessage("rollback() called, but the transaction is COMPLETED; it must be OPEN");
    }

    @Test
    void rejectsCallsOnAnotherThread() {
        transaction.begin();

        assertThat(CompletableFuture.runAsync(transaction::commit))
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableThat()
                .havingRootCause()
                .withMessage("commit() called on another thread than getTransaction()");
    }

    @Test
    void closingAnOpenTransactionRollsItBackAndFails() {
        transaction.begin();
        transaction.put(event("a", Map.of()));

        assertThatThrownBy(transaction::close)
                .hasMessage("close() called before commit() or rollback(); the transaction was rolled back");

        assertThat(producer.history()).isEmpty();
        assertThat(closed).hasValue(1);
    }

    @Test
    void closesOnlyOnceAndOnlyOnItsThread() {
        transaction.begin();
        assertThat(CompletableFuture.runAsync(transaction::close))
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableThat()
                .havingRootCause()
                .withMessage("close() called on another thread than getTransaction()");
        assertThat(closed).hasValue(0);
        transaction.put(event("a", Map.of()));
        transaction.commit();
        transaction.close();

        assertThatThrownBy(transaction::close).hasMessage("close() called, but the transaction is already CLOSED");

        assertThat(closed).hasValue(1);
        assertThat(producer.history()).hasSize(1);
    }

    @Test
    void aCommitWaitsForTheAcknowledgements() {
        MockProducer<String, byte[]> slow = new MockProducer<>(
                false, new RoundRobinPartitioner(), new StringSerializer(), new ByteArraySerializer());
        BatchPublisher publisher = PipelinedPublisher.ofSeveralBatches(() -> slow, SETTINGS, KafkaClients.REAL::admin);
        // Records after the first one of a topic are not sent before its acknowledgement.
        CompletableFuture<Void> first = CompletableFuture.runAsync(() -> putOne(publisher));
        await().until(slow::completeNext);
        assertThat(first).succeedsWithin(Duration.ofSeconds(10));
        CompletableFuture<Void> committed = CompletableFuture.runAsync(() -> putOne(publisher));
        await().until(() -> slow.history().size() == 2);

        slow.errorNext(new TimeoutException("not acknowledged"));

        assertThat(committed)
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableThat()
                .havingRootCause()
                .isInstanceOf(ChannelException.class)
                .withMessageContaining("not acknowledged");
        assertThat(metrics.getEventPutSuccessCount()).isEqualTo(1);
    }

    private void putOne(BatchPublisher publisher) {
        ChannelTransaction put = new ChannelTransaction(work(publisher), closed::incrementAndGet);
        put.begin();
        put.put(event("a", Map.of()));
        put.commit();
    }

    private ChannelTransaction.WorkFactory work() {
        return work(PipelinedPublisher.ofSeveralBatches(() -> producer, SETTINGS, KafkaClients.REAL::admin));
    }

    private ChannelTransaction.WorkFactory work(BatchPublisher publisher) {
        return new WorkWithoutReaders(publisher, badRecords, metrics);
    }

    private static Event event(String body, Map<String, String> headers) {
        return EventBuilder.withBody(body.getBytes(UTF_8), headers);
    }
}
