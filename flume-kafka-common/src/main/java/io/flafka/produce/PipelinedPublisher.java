// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce;

import java.time.Duration;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Has one batch or several in flight, in the order in which their records are sent.
 *
 * <p>Thread-safe, as the producer is.
 */
public final class PipelinedPublisher implements BatchPublisher {

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final Producer<String, byte[]> producer;
    private final RefusalReason reason;
    private final Runnable push;

    private PipelinedPublisher(Producer<String, byte[]> producer, String brokers, Runnable push) {
        this.producer = producer;
        this.reason = new RefusalReason(brokers);
        this.push = push;
    }

    /**
     * With one batch in flight at a time: its records leave at its end, whatever {@code linger.ms} is. Takes over the producer, and closes it at the end.
     *
     * @param brokers the producer's {@code bootstrap.servers}, for messages
     */
    public static PipelinedPublisher ofOneBatch(Producer<String, byte[]> producer, String brokers) {
        return new PipelinedPublisher(producer, brokers, () -> flush(producer));
    }

    /**
     * With several batches in flight: records leave after {@code linger.ms} at the latest. A flush would make one batch wait for all others. Takes over
     * the producer, and closes it at the end.
     *
     * @param brokers the producer's {@code bootstrap.servers}, for messages
     */
    public static PipelinedPublisher ofSeveralBatches(Producer<String, byte[]> producer, String brokers) {
        return new PipelinedPublisher(producer, brokers, () -> {});
    }

    @Override
    public RecordsInFlight begin() {
        return new SentRecords(producer, reason, push);
    }

    /** An interrupt is kept for the wait that follows, which knows how to end. */
    static void flush(Producer<String, byte[]> producer) {
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
