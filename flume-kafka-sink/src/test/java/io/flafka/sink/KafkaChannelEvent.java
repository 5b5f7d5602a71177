// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flafka.event.TopicBackedEvent;
import org.apache.flume.event.SimpleEvent;

/** An event of a Kafka channel, which has the identity of its record. */
final class KafkaChannelEvent extends SimpleEvent implements TopicBackedEvent {

    private final Object record;

    KafkaChannelEvent(Object record, String body) {
        this.record = record;
        setBody(body.getBytes(UTF_8));
    }

    @Override
    public Object recordIdentity() {
        return record;
    }
}
