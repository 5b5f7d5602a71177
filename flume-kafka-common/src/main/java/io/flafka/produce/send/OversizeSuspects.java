// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce.send;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * From which size on records may be more than their topic takes, for topics to which records were not acknowledged in time.
 *
 * <p>Kafka's client splits a batch that is too large for its topic. If the one record that is too large has a very small one behind it in what its batch
 * has left over, the two are never parted: it splits and sends them again until their time is over, or its thread ends for want of stack. Alone the large
 * record would be refused, as it should be. So the largest record that had no answer in time is suspected, and all that are as large: they are
 * sent alone, until one of them is acknowledged, which clears them.
 *
 * <p>Thread-safe.
 */
final class OversizeSuspects {

    /** By topic; replaced as a whole, as it is read for every record and hardly ever changed. */
    private volatile Map<String, Long> smallest = Map.of();

    boolean contains(ProducerRecord<String, byte[]> record) {
        Map<String, Long> sizes = smallest;
        if (sizes.isEmpty()) {
            return false;
        }
        Long size = sizes.get(record.topic());
        return size != null && RecordSize.of(record) >= size;
    }

    /** None of these records was answered. */
    synchronized void unanswered(List<ProducerRecord<String, byte[]>> records) {
        Map<String, Long> largest = new HashMap<>();
        for (ProducerRecord<String, byte[]> record : records) {
            largest.merge(record.topic(), RecordSize.of(record), Math::max);
        }
        Map<String, Long> changed = new HashMap<>(smallest);
        largest.forEach((topic, size) -> changed.merge(topic, size, Math::min));
        smallest = Map.copyOf(changed);
    }

    /** If this was a suspect, its size was not the reason. */
    synchronized void acknowledged(ProducerRecord<String, byte[]> record) {
        if (!contains(record)) {
            return;
        }
        Map<String, Long> changed = new HashMap<>(smallest);
        changed.remove(record.topic());
        smallest = Map.copyOf(changed);
    }
}
