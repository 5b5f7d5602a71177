// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Where nothing has been acknowledged yet: topics, and partitions that a record names. Thread-safe.
 *
 * <p>A topic or a partition that was just made is known to the brokers before they can write to it. If several requests are on their way to it, an early
 * one can be refused and a later one taken; Kafka's idempotent producer then sends the early one again and again as out of sequence, until {@code delivery.timeout.ms} is over. So
 * what comes first goes alone.
 */
final class NewDestinations {

    private static final int NO_PARTITION = 0;

    /** By topic, the partitions counted from 1; replaced as a whole, as it is read for every record and hardly ever changed. */
    private volatile Map<String, BitSet> acknowledged = Map.of();

    boolean contains(ProducerRecord<String, byte[]> record) {
        BitSet known = acknowledged.get(record.topic());
        return known == null || !known.get(index(record));
    }

    synchronized void acknowledged(ProducerRecord<String, byte[]> record) {
        BitSet known = new BitSet();
        known.or(acknowledged.getOrDefault(record.topic(), known));
        known.set(NO_PARTITION);
        known.set(index(record));
        Map<String, BitSet> changed = new HashMap<>(acknowledged);
        changed.put(record.topic(), known);
        acknowledged = Map.copyOf(changed);
    }

    private static int index(ProducerRecord<String, byte[]> record) {
        return record.partition() == null ? NO_PARTITION : record.partition() + 1;
    }
}
