// SPDX-License-Identifier: Apache-2.0
package io.flafka.badrecord;

import java.nio.charset.Charset;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Writes dead letters in the Kafka transactions of the batches that the bad records belong to. So a dead letter is written as often as any event of
 * its batch: exactly once if the offsets are in the transaction too. A letter that this producer cannot write, for example because it is too large,
 * is written by the producer of the dead letter queue, at least once. Thread-safe.
 *
 * @param queue creates the topic and the letters
 * @param keyCharset the charset in which the producer of the batches writes keys
 */
record TransactionalDeadLetterQueue(DeadLetterQueue queue, Charset keyCharset) implements BadRecordPolicy {

    @Override
    public void dispose(BadRecord record) throws FlowStoppedException {
        queue.dispose(record);
    }

    @Override
    public Optional<ProducerRecord<String, byte[]>> replace(BadRecord record) throws FlowStoppedException {
        return Optional.of(new DeadLetter(record, keyCharset, queue.letterOf(record)));
    }

    @Override
    public void close() {
        queue.close();
    }
}
