// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce;

import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A producer that never answers, as if its thread had died. Only an interrupt ends its flush. */
final class SilentProducer extends MockProducer<String, byte[]> {

    SilentProducer() {
        super(false, new RoundRobinPartitioner(), new StringSerializer(), new ByteArraySerializer());
    }

    @Override
    public synchronized void flush() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException interrupt) {
            throw new InterruptException(interrupt);
        }
    }
}
