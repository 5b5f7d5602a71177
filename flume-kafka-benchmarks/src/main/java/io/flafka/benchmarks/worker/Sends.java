// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks.worker;

import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Sends without waiting, and keeps the first failure. Thread-safe. */
public final class Sends {
    private final AtomicReference<@Nullable Exception> firstFailure = new AtomicReference<>();
    private final Callback callback = this::sent;

    /** Returns when the record is in the producer's buffer. */
    @SuppressWarnings("FutureReturnValueIgnored") // The callback gets the same result.
    public <K, V> void send(Producer<K, V> producer, ProducerRecord<K, V> record) {
        producer.send(record, callback);
    }

    private void sent(@Nullable RecordMetadata metadata, @Nullable Exception failed) {
        if (failed != null) {
            firstFailure.compareAndSet(null, failed);
        }
    }

    /** Fails if a record was not sent. The check is complete only after the producer is closed. */
    public void check() {
        Exception failed = firstFailure.get();
        if (failed != null) {
            throw new IllegalStateException("A record was not sent", failed);
        }
    }
}
