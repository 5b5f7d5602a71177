// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import io.flafka.event.EventHeaders;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.flume.Event;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * The event of a raw record without header mappings. It creates its headers when they are first read. Creating them is most of the source's work per
 * event; this leaves it to the sink's thread, or to nobody.
 *
 * <p>As thread-safe as Flume's own event: one thread at a time may change it, and several channels may read it concurrently.
 */
final class LazyHeadersEvent implements Event {

    /**
     * The headers that all events of a partition share.
     *
     * @param topic the partition's topic
     * @param partition the partition's number
     * @param partitionText the partition's number as text, created once for all events
     * @param topicHeader the event header for the topic's name; empty for none
     */
    record PartitionHeaders(String topic, int partition, String partitionText, Optional<String> topicHeader) {

        static PartitionHeaders of(ConsumerRecord<?, ?> record, Optional<String> topicHeader) {
            return new PartitionHeaders(
                    record.topic(), record.partition(), Integer.toString(record.partition()), topicHeader);
        }

        boolean matches(ConsumerRecord<?, ?> record) {
            return partition == record.partition() && topic.equals(record.topic());
        }

        private void addTo(Map<String, String> headers) {
            topicHeader.ifPresent(name -> {
                headers.put(name, topic);
                headers.put(EventHeaders.ORIGIN, topic);
            });
            headers.put(EventHeaders.PARTITION, partitionText);
        }
    }

    private final PartitionHeaders partition;
    private final long offset;
    private final long timestamp;
    private final @Nullable String key;
    private byte[] body;
    private volatile @Nullable Map<String, String> headers;

    LazyHeadersEvent(PartitionHeaders partition, long offset, long timestamp, @Nullable String key, byte[] body) {
        this.partition = partition;
        this.offset = offset;
        this.timestamp = timestamp;
        this.key = key;
        this.body = body;
    }

    @Override
    public Map<String, String> getHeaders() {
        Map<String, String> current = headers;
        return current == null ? createHeaders() : current;
    }

    private synchronized Map<String, String> createHeaders() {
        Map<String, String> current = headers;
        if (current == null) {
            current = new HashMap<>();
            partition.addTo(current);
            current.put(EventHeaders.TIMESTAMP, Long.toString(timestamp));
            current.put(EventHeaders.OFFSET, Long.toString(offset));
            if (key != null) {
                current.put(EventHeaders.KEY, key);
            }
            headers = current;
        }
        return current;
    }

    @Override
    public void setHeaders(Map<String, String> headers) {
        this.headers = headers;
    }

    @Override
    public byte[] getBody() {
        return body;
    }

    @Override
    public void setBody(byte[] body) {
        this.body = body;
    }

    /** Has the format of Flume's own event. Never shows the body. */
    @Override
    public String toString() {
        return "[Event headers = " + getHeaders() + ", body.length = " + body.length + " ]";
    }
}
