// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import io.flafka.badrecord.BadRecord;
import io.flafka.badrecord.BadRecordPolicy;
import io.flafka.badrecord.FlowStoppedException;
import io.flafka.event.UnwritableEventException;
import io.flafka.produce.batch.RecordsInFlight;
import org.apache.flume.Channel;
import org.apache.flume.Event;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Takes events, and sends one that the channel has given, unless it is safe already, or can be no record.
 *
 * <p>For one thread at a time.
 *
 * @param mapping makes a record of it
 * @param taker takes from the channel
 * @param returned what failed batches have given back
 * @param badRecords what becomes of one that can be no record
 */
record EventSender(
        EventToRecord mapping, SharedChannelDetector taker, ReturnedEvents returned, BadRecordPolicy badRecords) {

    /** The channel's next event, or null if it gives none. */
    @Nullable
    Event take(Channel channel) {
        Event event = taker.take(channel);
        if (event == null) {
            returned.channelGaveNone();
        }
        return event;
    }

    /**
     * {@code false} if Kafka's client refuses the record at once.
     *
     * @throws FlowStoppedException if it can be no record, and the flow must not go past it
     */
    boolean add(Event event, RecordsInFlight records) throws FlowStoppedException {
        if (returned.isAcknowledged(event)) {
            records.addDone();
            return true;
        }
        ProducerRecord<String, byte[]> record;
        try {
            record = mapping.map(event);
        } catch (UnwritableEventException bad) {
            badRecords.dispose(BadRecord.unwritable(
                    event.getHeaders(), mapping.codec().encode(event.getHeaders(), event.getBody()), bad));
            records.addDone();
            return true;
        }
        return records.send(record);
    }
}
