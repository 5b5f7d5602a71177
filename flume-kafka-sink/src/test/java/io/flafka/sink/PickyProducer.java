// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import static java.lang.Thread.State.TIMED_WAITING;
import static java.lang.Thread.State.WAITING;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Acknowledges all records but those with certain values. */
final class PickyProducer extends MockProducer<String, byte[]> {

    /** Values that {@code send} refuses. */
    final Set<String> refused = new HashSet<>();
    /** Values that the broker refuses, which shows later. */
    final Set<String> refusedByBroker = new HashSet<>();

    /** Whether Flume stops the sink while it waits. */
    boolean interrupts;

    /** How many records must have been sent before a refusal of the broker shows. */
    volatile int refusesAfter;

    private final AtomicInteger sent = new AtomicInteger();

    PickyProducer() {
        super(true, new RoundRobinPartitioner(), new StringSerializer(), new ByteArraySerializer());
    }

    @Override
    public synchronized Future<RecordMetadata> send(ProducerRecord<String, byte[]> record, Callback callback) {
        String value = new String(record.value(), UTF_8);
        sent.incrementAndGet();
        if (refused.contains(value)) {
            RecordTooLargeException refusal = new RecordTooLargeException("too large");
            callback.onCompletion(null, refusal);
            return CompletableFuture.failedFuture(refusal);
        }
        if (interrupts) {
            Thread.currentThread().interrupt();
        }
        if (refusedByBroker.contains(value)) {
            refuseLater(callback, Thread.currentThread());
            return new CompletableFuture<>();
        }
        return super.send(record, callback);
    }

    /** Once the sender waits for it, and not before. */
    private void refuseLater(Callback callback, Thread sender) {
        CompletableFuture<Void> unused = CompletableFuture.runAsync(() -> {
            while (sent.get() < refusesAfter || (sender.getState() != WAITING && sender.getState() != TIMED_WAITING)) {
                Thread.onSpinWait();
            }
            callback.onCompletion(null, new RecordTooLargeException("too large for the broker"));
        });
    }

    /** The values in Kafka, in the order in which they came. */
    List<String> published() {
        return history().stream()
                .map(record -> new String(record.value(), UTF_8))
                .toList();
    }
}
