// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import io.flafka.event.EventHeaders;
import java.util.AbstractMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * The headers of a raw record's event. A sink asks for a few of them by name, and most events are never asked for more: then the answer comes from
 * the record's own data, and no map is created. Anything else, such as a change or an iteration, creates the map once.
 *
 * <p>As thread-safe as a {@code HashMap}: one thread at a time may change it, and several channels may read it concurrently.
 */
final class RecordHeaders extends AbstractMap<String, String> {

    /**
     * The headers that all events of a partition share.
     *
     * @param topic the partition's topic
     * @param partition the partition's number
     * @param partitionText the partition's number as text, created once for all events
     * @param topicHeader the event header for the topic's name; empty for none
     */
    record OfPartition(String topic, int partition, String partitionText, Optional<String> topicHeader) {

        static OfPartition of(ConsumerRecord<?, ?> record, Optional<String> topicHeader) {
            return new OfPartition(
                    record.topic(), record.partition(), Integer.toString(record.partition()), topicHeader);
        }

        boolean matches(ConsumerRecord<?, ?> record) {
            return partition == record.partition() && topic.equals(record.topic());
        }

        private @Nullable String topicIn(String header) {
            boolean hasTopic =
                    topicHeader.isPresent() && (topicHeader.get().equals(header) || EventHeaders.ORIGIN.equals(header));
            return hasTopic ? topic : null;
        }
    }

    private final OfPartition partition;
    private final long offset;
    private final long timestamp;
    private final @Nullable String key;
    private volatile @Nullable Map<String, String> created;

    RecordHeaders(OfPartition partition, long offset, long timestamp, @Nullable String key) {
        this.partition = partition;
        this.offset = offset;
        this.timestamp = timestamp;
        this.key = key;
    }

    @Override
    public @Nullable String get(@Nullable Object name) {
        return created == null && name instanceof String header ? find(header) : map().get(name);
    }

    private @Nullable String find(String header) {
        return switch (header) {
            case EventHeaders.TIMESTAMP -> Long.toString(timestamp);
            case EventHeaders.OFFSET -> Long.toString(offset);
            case EventHeaders.PARTITION -> partition.partitionText();
            case EventHeaders.KEY -> key == null ? partition.topicIn(header) : key;
            default -> partition.topicIn(header);
        };
    }

    private Map<String, String> map() {
        Map<String, String> map = created;
        return map == null ? create() : map;
    }

    private synchronized Map<String, String> create() {
        Map<String, String> map = created;
        if (map == null) {
            map = new HashMap<>();
            if (partition.topicHeader().isPresent()) {
                map.put(partition.topicHeader().get(), partition.topic());
                map.put(EventHeaders.ORIGIN, partition.topic());
            }
            map.put(EventHeaders.PARTITION, partition.partitionText());
            map.put(EventHeaders.TIMESTAMP, Long.toString(timestamp));
            map.put(EventHeaders.OFFSET, Long.toString(offset));
            if (key != null) {
                map.put(EventHeaders.KEY, key);
            }
            created = map;
        }
        return map;
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
        return map().containsKey(name);
    }

    @Override
    public @Nullable String put(@Nullable String name, @Nullable String value) {
        return map().put(name, value);
    }

    @Override
    public @Nullable String remove(@Nullable Object name) {
        return map().remove(name);
    }

    @Override
    public Set<Map.Entry<String, String>> entrySet() {
        return map().entrySet();
    }
}
