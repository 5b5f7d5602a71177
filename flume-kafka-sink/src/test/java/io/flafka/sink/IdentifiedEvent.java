// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flafka.event.KafkaRecordEvent;
import org.apache.flume.event.SimpleEvent;

/** An event as a Kafka channel gives it. */
final class IdentifiedEvent extends SimpleEvent implements KafkaRecordEvent {

    private final Object record;

    IdentifiedEvent(Object record, String body) {
        this.record = record;
        setBody(body.getBytes(UTF_8));
    }

    @Override
    public Object recordIdentity() {
        return record;
    }
}
