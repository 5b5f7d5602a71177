// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import io.flafka.event.EventHeaders;
import java.util.HashMap;
import java.util.Map;
import org.apache.flume.Event;
import org.jspecify.annotations.Nullable;

/**
 * The event of a raw record without header rules. Its headers are made when they are asked for: most of what a source would do for an event is
 * to make them, and it is the sink's thread, or nobody, that needs them.
 *
 * <p>Thread-safe as Flume's own event is: one thread at a time may change it, and replicated channels may read it at once.
 */
final class LazyHeadersEvent implements Event {

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
        Map<String, String> made = headers;
        return made == null ? makeHeaders() : made;
    }

    private synchronized Map<String, String> makeHeaders() {
        Map<String, String> made = headers;
        if (made == null) {
            made = new HashMap<>();
            partition.addTo(made);
            made.put(EventHeaders.TIMESTAMP, Long.toString(timestamp));
            made.put(EventHeaders.OFFSET, Long.toString(offset));
            if (key != null) {
                made.put(EventHeaders.KEY, key);
            }
            headers = made;
        }
        return made;
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

    /** As Flume's own event shows itself: never its body. */
    @Override
    public String toString() {
        return "[Event headers = " + getHeaders() + ", body.length = " + body.length + " ]";
    }
}
