// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.take;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one partition's bad records: the one it is stopped at, and those that were passed over and may come again, as a rollback gives them
 * back with the events around them. Records are the same only if they are one object: an offset may be another record's by now.
 *
 * <p>Guarded by the lock of the {@link TakeBuffer}. Bounded: what is done is forgotten, so it has at most the records that wait or are taken.
 */
final class PartitionBadRecords {

    private final Set<ConsumerRecord<byte[], byte[]>> passedOver = Collections.newSetFromMap(new IdentityHashMap<>(0));
    private @Nullable ConsumerRecord<byte[], byte[]> stop;

    /** The partition is stopped at this record. True if it was not before. */
    boolean stopAt(ConsumerRecord<byte[], byte[]> record) {
        boolean isNew = stop != record;
        stop = record;
        return isNew;
    }

    /** Whether the partition is stopped, if this is its next record. */
    boolean isStoppedAt(ConsumerRecord<byte[], byte[]> next) {
        return stop == next;
    }

    /** This record was disposed of, which must not happen again. */
    void passOver(ConsumerRecord<byte[], byte[]> record) {
        passedOver.add(record);
        if (stop == record) {
            stop = null;
        }
    }

    boolean isPassedOver(ConsumerRecord<byte[], byte[]> record) {
        return passedOver.contains(record);
    }

    /** What was taken of the run does not come again. How many of these were passed over, and so are no events. */
    int forget(RecordRun done) {
        if (stop == null && passedOver.isEmpty()) {
            return 0;
        }
        int count = 0;
        for (int i = 0; i < done.taken(); i++) {
            ConsumerRecord<byte[], byte[]> record = done.taken(i);
            if (passedOver.remove(record)) {
                count++;
            }
            if (stop == record) {
                stop = null;
            }
        }
        return count;
    }
}
