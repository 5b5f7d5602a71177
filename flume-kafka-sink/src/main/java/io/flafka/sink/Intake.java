// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import io.flafka.produce.RecordsInFlight;
import org.apache.flume.Event;

/**
 * Sends an event that the channel has given, unless Kafka has it already.
 *
 * <p>For one thread at a time.
 *
 * @param mapping makes a record of it
 * @param givenBack what failed batches have given back
 */
record Intake(EventToRecord mapping, GivenBack givenBack) {

    /**
     * {@code false} if Kafka's client refuses the record at once.
     *
     * @throws io.flafka.failure.BadRecordException if the event can be no record
     */
    boolean add(Event event, RecordsInFlight records) {
        if (givenBack.hasAcknowledged(event)) {
            records.addAcknowledged(mapping.map(event));
            return true;
        }
        return records.send(mapping.map(event));
    }
}
