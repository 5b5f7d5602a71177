// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.take;

import io.flafka.channel.metrics.TakeMetrics.ReadAhead;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * Measures what a channel has read and not delivered, whenever it is asked. Thread-safe.
 *
 * @param buffer the channel's buffer
 */
public record ReadAheadGauge(TakeBuffer buffer) {

    /** Returns it as it is now. */
    public ReadAhead measure() {
        buffer.lock.lock();
        try {
            long records = 0;
            long bytes = 0;
            long uncommitted = 0;
            boolean isCommittedByReaders = buffer.commits() instanceof OffsetCommits.ByReaders;
            Set<OpenTake> open = Collections.newSetFromMap(new IdentityHashMap<>());
            for (PartitionQueue queue : buffer.readers.keySet()) {
                records += queue.waitingRecords();
                bytes += queue.waitingBytes();
                uncommitted += isCommittedByReaders ? queue.uncommittedRecords() : 0;
                open.addAll(queue.holders());
            }
            return new ReadAhead(records, bytes, open.size(), uncommitted);
        } finally {
            buffer.lock.unlock();
        }
    }
}
