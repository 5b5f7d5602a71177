// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce;

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

/**
 * The records of one batch on their way to Kafka: sent one by one, awaited together, each with an outcome of its own.
 *
 * <p>For one thread. Other batches may be in flight before and behind it.
 */
public final class RecordsInFlight {

    private static final Future<RecordMetadata> ACKNOWLEDGED = CompletableFuture.completedFuture(null);

    private final Producer<String, byte[]> producer;
    private final RefusalReason reason;
    private final Runnable push;
    private final List<ProducerRecord<String, byte[]>> records = new ArrayList<>();
    private final List<Future<RecordMetadata>> acknowledgements = new ArrayList<>();
    private final BitSet refused = new BitSet();
    private boolean awaited;

    RecordsInFlight(Producer<String, byte[]> producer, RefusalReason reason, Runnable push) {
        this.producer = producer;
        this.reason = reason;
        this.push = push;
    }

    /** Sends one. {@code false} if it is refused at once: what is behind it must not be sent, as it would overtake it. */
    public boolean send(ProducerRecord<String, byte[]> record) {
        Future<RecordMetadata> acknowledgement = trySend(record);
        records.add(record);
        acknowledgements.add(acknowledgement);
        return !acknowledgement.isDone() || failureOf(acknowledgement).isEmpty();
    }

    /** Adds one that Kafka has acknowledged in an earlier batch; it is not sent. */
    public void addAcknowledged(ProducerRecord<String, byte[]> record) {
        records.add(record);
        acknowledgements.add(ACKNOWLEDGED);
    }

    /**
     * Waits until Kafka has answered for every record: at most {@code delivery.timeout.ms}, and a few seconds after an interrupt, which is kept.
     *
     * @return what was not acknowledged, in the order of sending
     */
    public List<PublishException> await() {
        push.run();
        List<PublishException> failures = new ArrayList<>();
        try (Acknowledgements patience = new Acknowledgements(records, reason)) {
            for (int i = 0; i < records.size(); i++) {
                Optional<Throwable> failure = patience.awaitFailure(acknowledgements.get(i));
                if (failure.isPresent()) {
                    refused.set(i);
                    failures.add(failure(i, failure.get()));
                }
            }
        }
        awaited = true;
        return failures;
    }

    /** Whether Kafka has acknowledged the record of this index; of none before {@link #await()}. */
    public boolean isAcknowledged(int index) {
        return awaited && index < records.size() && !refused.get(index);
    }

    private PublishException failure(int index, Throwable cause) {
        ProducerRecord<String, byte[]> record = records.get(index);
        return new PublishException(index, records.size(), reason.of(record, cause), record, cause);
    }

    private Future<RecordMetadata> trySend(ProducerRecord<String, byte[]> record) {
        try {
            return producer.send(record);
        } catch (KafkaException | IllegalArgumentException | IllegalStateException refusal) {
            return CompletableFuture.failedFuture(refusal);
        }
    }

    private Optional<Throwable> failureOf(Future<RecordMetadata> done) {
        try (Acknowledgements atOnce = new Acknowledgements(records, reason)) {
            return atOnce.awaitFailure(done);
        }
    }
}
