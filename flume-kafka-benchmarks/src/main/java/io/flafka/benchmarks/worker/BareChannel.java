// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks.worker;

import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flume.Context;
import org.apache.flume.Event;
import org.apache.flume.Transaction;
import org.apache.flume.channel.AbstractChannel;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * A channel that only calls the bare Kafka clients, as an upper limit. It sends values that were encoded in advance,
 * without waiting, and returns records without decoding. One thread puts, one takes.
 */
public final class BareChannel extends AbstractChannel implements Transaction {
    private static final Duration POLL = Duration.ofMillis(100);

    private final Sends sends = new Sends();
    private volatile BareClients clients = BareClients.none();
    private volatile @Nullable Producer<String, byte[]> producer;
    private volatile @Nullable Consumer<String, byte[]> consumer;
    private Iterator<ConsumerRecord<String, byte[]>> polled = Collections.emptyIterator();

    @Override
    public synchronized void configure(Context context) {
        clients = new BareClients(context.getParameters());
    }

    @Override
    public synchronized void start() {
        producer = clients.producer();
        Consumer<String, byte[]> started = clients.consumer();
        started.subscribe(List.of(clients.topic()));
        consumer = started;
        super.start();
    }

    @Override
    public void put(Event event) {
        byte[] value =
                event instanceof RingEvent ring ? ring.flumeForm() : FlumeForm.of(event.getHeaders(), event.getBody());
        sends.send(Objects.requireNonNull(producer), new ProducerRecord<>(clients.topic(), value));
    }

    @Override
    public @Nullable Event take() {
        if (!polled.hasNext()) {
            Consumer<String, byte[]> reading = Objects.requireNonNull(consumer);
            reading.commitAsync();
            polled = reading.poll(POLL).iterator();
        }
        return polled.hasNext() ? new RecordEvent(polled.next().value()) : null;
    }

    @Override
    public Transaction getTransaction() {
        return this;
    }

    @Override
    public void begin() {
        // There is nothing to begin.
    }

    @Override
    public void commit() {
        sends.check();
    }

    @Override
    public void rollback() {
        throw new UnsupportedOperationException("The bare clients cannot roll back");
    }

    @Override
    public void close() {
        // There is nothing to release.
    }

    @Override
    public synchronized void stop() {
        Objects.requireNonNull(producer).close();
        Consumer<String, byte[]> ending = Objects.requireNonNull(consumer);
        ending.commitSync(takenOffsets(ending));
        ending.close();
        super.stop();
        sends.check();
    }

    /** Returns the offsets after the last taken records, because not every polled record is taken. */
    private Map<TopicPartition, OffsetAndMetadata> takenOffsets(Consumer<?, ?> ending) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        polled.forEachRemaining(left -> offsets.putIfAbsent(
                new TopicPartition(left.topic(), left.partition()), new OffsetAndMetadata(left.offset())));
        ending.assignment()
                .forEach(partition ->
                        offsets.computeIfAbsent(partition, taken -> new OffsetAndMetadata(ending.position(taken))));
        return offsets;
    }
}
