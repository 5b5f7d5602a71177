// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce;

import io.flafka.failure.BadRecordException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Records that are sent at once, each with an outcome of its own.
 *
 * <p>For one thread.
 */
final class SentRecords implements RecordsInFlight {

    /** Whether it was acknowledged shows only after {@link #await()}. */
    private record Sent(ProducerRecord<String, byte[]> record, CompletableFuture<RecordMetadata> acknowledgement) {}

    private final Producer<String, byte[]> producer;
    private final RefusalReason reason;
    private final Runnable push;
    private final List<Optional<Sent>> all = new ArrayList<>();
    private final BitSet done = new BitSet();

    SentRecords(Producer<String, byte[]> producer, RefusalReason reason, Runnable push) {
        this.producer = producer;
        this.reason = reason;
        this.push = push;
    }

    @Override
    public boolean send(ProducerRecord<String, byte[]> record) {
        Sent sent = trySend(record);
        all.add(Optional.of(sent));
        return !sent.acknowledgement().isDone()
                || failureOf(sent.acknowledgement()).isEmpty();
    }

    @Override
    public void addDone() {
        done.set(all.size());
        all.add(Optional.empty());
    }

    @Override
    public void markDone(int index) {
        done.set(index);
        all.set(index, Optional.empty());
    }

    @Override
    public void sendAgain(int index) {
        all.set(index, Optional.of(trySend(record(index))));
    }

    @Override
    public ProducerRecord<String, byte[]> record(int index) {
        return all.get(index).orElseThrow().record();
    }

    @Override
    public List<PublishException> await() {
        push.run();
        List<PublishException> failures = new ArrayList<>();
        try (Acknowledgements patience = new Acknowledgements()) {
            for (int i = 0; i < all.size(); i++) {
                Optional<Throwable> failure = done.get(i)
                        ? Optional.empty()
                        : patience.awaitFailure(all.get(i).orElseThrow().acknowledgement());
                if (failure.isPresent()) {
                    failures.add(failure(i, failure.get()));
                } else {
                    done.set(i);
                }
            }
        }
        return failures;
    }

    @Override
    public boolean isDone(int index) {
        return done.get(index);
    }

    private PublishException failure(int index, Throwable failure) {
        ProducerRecord<String, byte[]> record = record(index);
        Throwable cause = failure instanceof TimeoutException && record.partition() != null
                ? missingPartition(record, record.partition()).orElse(failure)
                : failure;
        return new PublishException(
                index,
                all.size(),
                cause instanceof BadRecordException ? String.valueOf(cause.getMessage()) : reason.of(record, cause),
                record,
                cause);
    }

    /** Kafka's client waits for a partition as it does for a topic, in case it is only new; the wait is over. */
    private Optional<Throwable> missingPartition(ProducerRecord<String, byte[]> record, int partition) {
        try {
            int partitions = producer.partitionsFor(record.topic()).size();
            return partition < partitions
                    ? Optional.empty()
                    : Optional.of(new BadRecordException("partition %d of topic %s does not exist: it has %d"
                            .formatted(partition, record.topic(), partitions)));
        } catch (KafkaException unknown) {
            // Then it is the topic or the brokers, as the first failure says.
            return Optional.empty();
        }
    }

    /**
     * Kafka's own future is not waited for: once a batch was split it leads through one more future each time, by recursion, and a batch that is split
     * again and again ends the stack.
     */
    @SuppressWarnings("FutureReturnValueIgnored")
    private Sent trySend(ProducerRecord<String, byte[]> record) {
        CompletableFuture<RecordMetadata> acknowledgement = new CompletableFuture<>();
        try {
            producer.send(record, (metadata, failure) -> {
                if (failure == null) {
                    acknowledgement.complete(metadata);
                } else {
                    acknowledgement.completeExceptionally(failure);
                }
            });
        } catch (KafkaException | IllegalArgumentException | IllegalStateException refusal) {
            acknowledgement.completeExceptionally(refusal);
        }
        return new Sent(record, acknowledgement);
    }

    private Optional<Throwable> failureOf(Future<RecordMetadata> answered) {
        try (Acknowledgements atOnce = new Acknowledgements()) {
            return atOnce.awaitFailure(answered);
        }
    }
}
