// SPDX-License-Identifier: Apache-2.0
package io.flafka.badrecord;

import java.nio.charset.Charset;
import org.apache.kafka.clients.producer.ProducerRecord;

/** A bad record as it is written to the dead letter topic, in the Kafka transaction of its batch. As thread-safe as any record. */
final class DeadLetter extends ProducerRecord<String, byte[]> {

    private final BadRecord origin;

    /**
     * Creates the dead letter.
     *
     * @param keyCharset the charset in which the batch's producer writes keys
     * @param written the same letter, as a producer of its own would write it
     */
    DeadLetter(BadRecord origin, Charset keyCharset, ProducerRecord<byte[], byte[]> written) {
        super(
                written.topic(),
                null,
                written.key() == null ? null : new String(written.key(), keyCharset),
                written.value(),
                written.headers());
        this.origin = origin;
    }

    /** Returns the bad record. */
    BadRecord origin() {
        return origin;
    }

    // The origin is told apart by its record.
    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
