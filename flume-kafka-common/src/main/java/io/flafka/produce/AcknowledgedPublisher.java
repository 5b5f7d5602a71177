// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Sends records in their order and waits for each acknowledgement.
 *
 * <p>Thread-safe, as the producer is. Blocks at most as long as the producer's {@code max.block.ms} and {@code delivery.timeout.ms}.
 */
public final class AcknowledgedPublisher implements EventPublisher {

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final Producer<String, byte[]> producer;
    private final RefusalReason reason;

    /**
     * Takes over the producer, and closes it at the end.
     *
     * @param brokers the producer's {@code bootstrap.servers}, for messages
     */
    public AcknowledgedPublisher(Producer<String, byte[]> producer, String brokers) {
        this.producer = producer;
        this.reason = new RefusalReason(brokers);
    }

    @Override
    public void publish(List<ProducerRecord<String, byte[]>> records) throws PublishException {
        try (Acknowledgements acknowledgements = new Acknowledgements(records, reason)) {
            acknowledgements.await(send(records));
        }
    }

    /** Up to the first record that is refused at once: what is behind it must not overtake it. */
    private List<Future<RecordMetadata>> send(List<ProducerRecord<String, byte[]>> records) {
        List<Future<RecordMetadata>> inFlight = new ArrayList<>(records.size());
        for (ProducerRecord<String, byte[]> record : records) {
            Future<RecordMetadata> acknowledgement = send(record);
            inFlight.add(acknowledgement);
            if (acknowledgement.isDone() && hasFailed(acknowledgement)) {
                break;
            }
        }
        flush();
        return inFlight;
    }

    private boolean hasFailed(Future<RecordMetadata> done) {
        try (Acknowledgements alone = new Acknowledgements(List.of(), reason)) {
            return alone.awaitFailure(done).isPresent();
        }
    }

    private Future<RecordMetadata> send(ProducerRecord<String, byte[]> record) {
        try {
            return producer.send(record);
        } catch (KafkaException | IllegalArgumentException | IllegalStateException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    /** Sends what {@code linger.ms} would hold back. An interrupt is kept for the wait that follows, which knows how to end. */
    private void flush() {
        try {
            producer.flush();
        } catch (InterruptException interrupt) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        producer.close(CLOSE_TIMEOUT);
    }
}
