// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.take;

import io.flafka.event.TopicBackedEvent;
import java.util.Map;
import org.apache.flume.Event;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * An event that was taken from the channel. Its identity is the record it was converted from, an object that the channel keeps until the event is
 * done.
 *
 * <p>For one thread, like Flume's own events.
 */
final class TakenEvent implements TopicBackedEvent {

    private final ConsumerRecord<byte[], byte[]> record;
    private Map<String, String> headers;
    private byte[] body;

    /** Uses the headers and the body of this event without a copy. */
    TakenEvent(ConsumerRecord<byte[], byte[]> record, Event content) {
        this.record = record;
        this.headers = content.getHeaders();
        this.body = content.getBody();
    }

    @Override
    public Object recordIdentity() {
        return record;
    }

    @Override
    public Map<String, String> getHeaders() {
        return headers;
    }

    @Override
    public void setHeaders(Map<String, String> newHeaders) {
        headers = newHeaders;
    }

    @Override
    public byte[] getBody() {
        return body;
    }

    @Override
    public void setBody(byte[] newBody) {
        body = newBody;
    }

    /** Returns where the event came from, never its content, which may be private. */
    @Override
    public String toString() {
        return "[Event of %s-%d offset %d]".formatted(record.topic(), record.partition(), record.offset());
    }
}
