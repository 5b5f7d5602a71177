// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce;

import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Writes the records of one Flume transaction to Kafka. */
public interface EventPublisher extends AutoCloseable {

    /**
     * Returns when Kafka has acknowledged every record, in the sense of the property {@code acks}.
     *
     * @throws PublishException if it has not acknowledged all of them; some may be in Kafka all the same
     */
    void publish(List<ProducerRecord<String, byte[]>> records) throws PublishException;

    /** Ends the client within a bound. */
    @Override
    void close();
}
