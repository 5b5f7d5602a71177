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

/** Acknowledges all records except those with certain values. */
final class RefusingProducer extends MockProducer<String, byte[]> {

    /** Values that {@code send} refuses at once. */
    final Set<String> refused = new HashSet<>();
    /** Values that the broker refuses, which fails after {@code send} has returned. */
    final Set<String> refusedByBroker = new HashSet<>();

    /** Whether {@code send} interrupts the thread, as Flume does to stop a sink. */
    boolean interrupts;

    /** How many records must be sent before the broker refuses one. */
    volatile int refusesAfter;

    private final AtomicInteger sent = new AtomicInteger();

    RefusingProducer() {
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

    /** Fails the record when the sender waits for it, not earlier. */
    private void refuseLater(Callback callback, Thread sender) {
        CompletableFuture<Void> unused = CompletableFuture.runAsync(() -> {
            while (sent.get() < refusesAfter || (sender.getState() != WAITING && sender.getState() != TIMED_WAITING)) {
                Thread.onSpinWait();
            }
            callback.onCompletion(null, new RecordTooLargeException("too large for the broker"));
        });
    }

    /** Returns the values that were acknowledged, in the order of their sends. */
    List<String> published() {
        return history().stream()
                .map(record -> new String(record.value(), UTF_8))
                .toList();
    }
}
