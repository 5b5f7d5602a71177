// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce.batch;

import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * The records of one batch on their way to Kafka: sent one by one, awaited together. They are counted from 0, with those that need not be sent.
 *
 * <p>For one thread. Other batches may be in flight before and behind it.
 */
public interface RecordsInFlight {

    /** Sends one. {@code false} if it is refused at once: what is behind it must not be sent, as it would overtake it. */
    boolean send(ProducerRecord<String, byte[]> record);

    /** Counts one that is not sent, as it is safe already. */
    void addDone();

    /** This one, which failed, is safe elsewhere now. */
    void markDone(int index);

    /** Sends this one, which failed, once more, behind all others. */
    void sendAgain(int index);

    /** A record that failed. */
    ProducerRecord<String, byte[]> record(int index);

    /**
     * Waits until Kafka has answered for every record: little more than {@code delivery.timeout.ms}, and a few seconds after an interrupt, which is kept.
     *
     * @return what was not acknowledged, in order
     */
    List<PublishException> await();

    /** Whether the one of this index is known to be acknowledged, or to be safe elsewhere. */
    boolean isDone(int index);
}
