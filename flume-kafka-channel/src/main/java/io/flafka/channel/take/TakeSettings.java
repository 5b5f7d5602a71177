// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.take;

import io.flafka.event.EventCodec;
import io.flafka.event.HeaderSelection;
import java.time.Duration;

/**
 * How records become events, and which of them a take transaction gets.
 *
 * @param codec decodes the value of a record
 * @param headers the record headers that become event headers
 * @param locationHeaders whether an event gets headers with its topic, partition and offset
 * @param ordering the order that sinks see
 * @param readAhead how many records and bytes are kept in memory ahead of the sinks
 * @param pollTimeout how long the first take of a transaction waits for an event
 * @param waitsForCommit whether the commit of a transaction waits until Kafka has its offsets
 */
public record TakeSettings(
        EventCodec codec,
        HeaderSelection headers,
        RecordToChannelEvent.LocationHeaders locationHeaders,
        TakeOrdering ordering,
        ReadAheadLimits readAhead,
        Duration pollTimeout,
        boolean waitsForCommit) {}
