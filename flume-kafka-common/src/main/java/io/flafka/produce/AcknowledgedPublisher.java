// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Sends records in their order and waits for each acknowledgement; for a producer that one thread uses.
 *
 * <p>Thread-safe, but a flush waits for the records of all threads: several of them use a {@link SharedPublisher}. Blocks at most as long as the producer's {@code max.block.ms} and {@code delivery.timeout.ms}.
 */
public final class AcknowledgedPublisher implements EventPublisher {

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final Producer<String, byte[]> producer;
    private final OrderedSending sending;
    private final RefusalReason reason;

    /**
     * Takes over the producer, and closes it at the end.
     *
     * @param brokers the producer's {@code bootstrap.servers}, for messages
     */
    public AcknowledgedPublisher(Producer<String, byte[]> producer, String brokers) {
        this.producer = producer;
        this.sending = new OrderedSending(producer);
        this.reason = new RefusalReason(brokers);
    }

    @Override
    public void publish(List<ProducerRecord<String, byte[]>> records) throws PublishException {
        try (Acknowledgements acknowledgements = new Acknowledgements(records, reason)) {
            List<Future<RecordMetadata>> inFlight = sending.send(records);
            flush();
            acknowledgements.await(inFlight);
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
