// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing;

import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * Kills the thread of the next producer that gets an acknowledgement, as a stack overflow or a lack of memory would.
 * Name it in {@code interceptor.classes}.
 */
public final class SenderThreadKiller implements ProducerInterceptor<Object, Object> {

    private static final AtomicBoolean ARMED = new AtomicBoolean();

    /** An error that Kafka's client does not catch. */
    private static final class KilledByTest extends Error {

        private static final long serialVersionUID = 1L;

        KilledByTest() {
            super("the test kills this producer's thread");
        }
    }

    /** Kills the next thread, once. */
    public static void arm() {
        ARMED.set(true);
    }

    @Override
    public ProducerRecord<Object, Object> onSend(ProducerRecord<Object, Object> record) {
        return record;
    }

    @Override
    public void onAcknowledgement(RecordMetadata metadata, Exception exception) {
        if (ARMED.compareAndSet(true, false)) {
            throw new KilledByTest();
        }
    }

    @Override
    public void close() {}

    @Override
    public void configure(Map<String, ?> configs) {}
}
