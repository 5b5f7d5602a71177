// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce.send;

import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * A record that was passed to the producer, with its answer. The first answer counts. There is one such object per record, so it is small.
 *
 * <p>Thread-safe: the producer's thread gives the answer, the batch's thread reads it.
 */
final class SentRecord implements Callback {

    /** The answer to a record that Kafka has; any other answer is the reason of a failure. */
    private static final Object ACKNOWLEDGED = new Object();

    private static final AtomicReferenceFieldUpdater<SentRecord, Object> ANSWER =
            AtomicReferenceFieldUpdater.newUpdater(SentRecord.class, Object.class, "answer");

    private final ProducerRecord<String, byte[]> record;
    private final Runnable onAnswer;
    private volatile @Nullable Object answer;

    /**
     * Creates a record without an answer.
     *
     * @param onAnswer runs once, after the answer can be read
     */
    SentRecord(ProducerRecord<String, byte[]> record, Runnable onAnswer) {
        this.record = record;
        this.onAnswer = onAnswer;
    }

    ProducerRecord<String, byte[]> record() {
        return record;
    }

    @Override
    public void onCompletion(@Nullable RecordMetadata metadata, @Nullable Exception failure) {
        answer(failure == null ? ACKNOWLEDGED : failure);
    }

    /** Fails the record, unless it has an answer. */
    void fail(Throwable reason) {
        answer(reason);
    }

    private void answer(Object given) {
        if (ANSWER.compareAndSet(this, null, given)) {
            onAnswer.run();
        }
    }

    boolean isAnswered() {
        return answer != null;
    }

    boolean isAcknowledged() {
        return answer == ACKNOWLEDGED;
    }

    /** Returns why the record failed; null if it was acknowledged or has no answer. */
    @Nullable
    Throwable failure() {
        return answer instanceof Throwable reason ? reason : null;
    }
}
