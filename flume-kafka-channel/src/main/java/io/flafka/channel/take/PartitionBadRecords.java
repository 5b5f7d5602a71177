// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.take;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Remembers one partition's bad records: the one at which the partition is stopped, and the skipped ones. A rollback brings skipped records back
 * together with the events around them. Records are compared by object, because an offset can belong to another record by then.
 *
 * <p>Not thread-safe: used with the lock of the {@link TakeBuffer}. Bounded: records that are done are forgotten, so only records that wait or are
 * taken are kept.
 */
final class PartitionBadRecords {

    private final Set<ConsumerRecord<byte[], byte[]>> skipped = Collections.newSetFromMap(new IdentityHashMap<>(0));
    private @Nullable ConsumerRecord<byte[], byte[]> stoppedAt;

    /** Stops the partition at this record. Returns false if it was stopped there before. */
    boolean stopAt(ConsumerRecord<byte[], byte[]> record) {
        boolean isNew = stoppedAt != record;
        stoppedAt = record;
        return isNew;
    }

    boolean isStoppedAt(ConsumerRecord<byte[], byte[]> next) {
        return stoppedAt == next;
    }

    /** Remembers that this record was skipped, so that it is disposed of only once. The partition is no longer stopped at it. */
    void skip(ConsumerRecord<byte[], byte[]> record) {
        skipped.add(record);
        if (stoppedAt == record) {
            stoppedAt = null;
        }
    }

    boolean isSkipped(ConsumerRecord<byte[], byte[]> record) {
        return skipped.contains(record);
    }

    /** Forgets the records that were taken of a run, because they cannot come back. Returns how many of them were skipped. */
    int forget(RecordRun done) {
        if (stoppedAt == null && skipped.isEmpty()) {
            return 0;
        }
        int count = 0;
        for (int i = 0; i < done.taken(); i++) {
            ConsumerRecord<byte[], byte[]> record = done.taken(i);
            if (skipped.remove(record)) {
                count++;
            }
            if (stoppedAt == record) {
                stoppedAt = null;
            }
        }
        return count;
    }
}
