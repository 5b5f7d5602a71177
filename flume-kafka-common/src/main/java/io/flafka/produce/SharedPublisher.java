// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce;

import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Sends records in their order and waits for each acknowledgement; for a producer that several threads use at the same time.
 *
 * <p>Thread-safe, as the producer is. A thread waits for its own records only: the producer is not flushed, which would wait for those of all
 * threads, so its {@code linger.ms} delays every call. Blocks at most as long as the producer's {@code max.block.ms} and {@code delivery.timeout.ms}.
 */
public final class SharedPublisher implements EventPublisher {

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final Producer<String, byte[]> producer;
    private final OrderedSending sending;
    private final RefusalReason reason;

    /**
     * Takes over the producer, and closes it at the end.
     *
     * @param brokers the producer's {@code bootstrap.servers}, for messages
     */
    public SharedPublisher(Producer<String, byte[]> producer, String brokers) {
        this.producer = producer;
        this.sending = new OrderedSending(producer);
        this.reason = new RefusalReason(brokers);
    }

    @Override
    public void publish(List<ProducerRecord<String, byte[]>> records) throws PublishException {
        try (Acknowledgements acknowledgements = new Acknowledgements(records, reason)) {
            acknowledgements.await(sending.send(records));
        }
    }

    @Override
    public void close() {
        producer.close(CLOSE_TIMEOUT);
    }
}
