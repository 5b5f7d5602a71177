// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce.send;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Knows which records may be too large for their topic, after records to that topic were not acknowledged in time.
 *
 * <p>Kafka's client splits a batch that is too large for its topic. If a very small record follows the one that is too large, and fits into the rest
 * of its batch, the client never separates the two. It splits and sends them again until their time is over, or until its thread stops with a stack
 * overflow. Sent alone, the large record would be refused, as it should be. So the largest record without an answer is suspected, and with it all
 * records of that size or more. They are sent alone until one of them is acknowledged; that clears the topic.
 *
 * <p>Thread-safe.
 */
final class OversizeSuspects {

    /** The smallest suspected size of each topic. Replaced as a whole, because it is read for every record and hardly ever changes. */
    private volatile Map<String, Long> smallestSizes = Map.of();

    boolean contains(ProducerRecord<String, byte[]> record) {
        Map<String, Long> sizes = smallestSizes;
        if (sizes.isEmpty()) {
            return false;
        }
        Long size = sizes.get(record.topic());
        return size != null && RecordSize.of(record) >= size;
    }

    /** Suspects the largest of these records in each topic, because none of them was answered in time. */
    synchronized void onUnanswered(List<ProducerRecord<String, byte[]>> records) {
        Map<String, Long> largestSizes = new HashMap<>();
        for (ProducerRecord<String, byte[]> record : records) {
            largestSizes.merge(record.topic(), RecordSize.of(record), Math::max);
        }
        Map<String, Long> changed = new HashMap<>(smallestSizes);
        largestSizes.forEach((topic, size) -> changed.merge(topic, size, Math::min));
        smallestSizes = Map.copyOf(changed);
    }

    /** Clears the record's topic if the record was suspected: its size was not the reason. */
    synchronized void onAcknowledged(ProducerRecord<String, byte[]> record) {
        if (!contains(record)) {
            return;
        }
        Map<String, Long> changed = new HashMap<>(smallestSizes);
        changed.remove(record.topic());
        smallestSizes = Map.copyOf(changed);
    }
}
