// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.take;

import io.flafka.event.KafkaRecordEvent;
import java.util.Map;
import org.apache.flume.Event;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * An event as a take gives it: the record it was made of is its identity, as the channel keeps that object until the event is done with. For one thread,
 * as Flume's own events are.
 */
final class TakenEvent implements KafkaRecordEvent {

    private final ConsumerRecord<byte[], byte[]> record;
    private Map<String, String> headers;
    private byte[] body;

    /** With the headers and the body of that event, which are not copied. */
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

    /** Where it came from, never what is in it. */
    @Override
    public String toString() {
        return "[Event of %s-%d offset %d]".formatted(record.topic(), record.partition(), record.offset());
    }
}
