// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import io.flafka.badrecord.BadRecord;
import io.flafka.badrecord.BadRecordPolicy;
import io.flafka.badrecord.FlowStoppedException;
import io.flafka.badrecord.MissingTopics;
import io.flafka.event.UnwritableEventException;
import io.flafka.produce.batch.BatchPublisher.RecordsInFlight;
import java.util.Optional;
import org.apache.flume.Channel;
import org.apache.flume.Event;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Takes events from the channel and sends them as records. Does not send an event again that Kafka has acknowledged before a rollback.
 *
 * <p>For one thread at a time.
 *
 * @param mapping makes a record of an event
 * @param sharedChannel is informed of each take
 * @param returned the events that failed batches returned to the channel
 * @param missingTopics the topics that events name, and that do not exist
 * @param badRecords handles events that cannot be written as records
 */
record EventSender(
        EventToRecord mapping,
        SharedChannelDetector sharedChannel,
        ReturnedEvents returned,
        MissingTopics missingTopics,
        BadRecordPolicy badRecords) {

    /** Returns the channel's next event, or null if the channel gives none. */
    @Nullable
    Event take(Channel channel) {
        sharedChannel.beforeTake(channel);
        Event event = channel.take();
        if (event == null) {
            returned.onEmptyChannel();
        }
        return event;
    }

    /**
     * Sends an event, or disposes of it if it cannot be written as a record.
     *
     * @return {@code false} if Kafka's client refuses the record at once: no other record may be sent after it
     * @throws FlowStoppedException if the event cannot be written as a record and the sink must stop at it
     */
    boolean send(Event event, RecordsInFlight records) throws FlowStoppedException {
        if (returned.isAcknowledged(event)) {
            records.addDone();
            return true;
        }
        ProducerRecord<String, byte[]> record;
        try {
            record = mapping.map(event);
        } catch (UnwritableEventException bad) {
            BadRecord unwritable = BadRecord.unwritable(
                    event.getHeaders(), mapping.codec().encode(event.getHeaders(), event.getBody()), bad);
            replace(unwritable, records);
            return true;
        }
        Optional<BadRecord> refused = missingTopics.refusalOf(record);
        if (refused.isPresent()) {
            replace(refused.get(), records);
            return true;
        }
        return records.send(record);
    }

    private void replace(BadRecord bad, RecordsInFlight records) throws FlowStoppedException {
        badRecords.replace(bad).ifPresentOrElse(records::send, records::addDone);
    }
}
