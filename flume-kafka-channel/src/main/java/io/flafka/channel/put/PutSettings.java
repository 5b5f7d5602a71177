// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.put;

import io.flafka.event.EventCodec;
import io.flafka.event.HeaderSelection;
import io.flafka.event.PartitionRoute;

/**
 * How events become records of the channel's topic.
 *
 * @param topic the topic that all events go to
 * @param partition chooses the partition of an event
 * @param codec encodes the value of a record
 * @param headers the event headers that become record headers
 * @param transactionCapacity the maximum number of events in one transaction; {@link Long#MAX_VALUE} without a limit
 */
public record PutSettings(
        String topic, PartitionRoute partition, EventCodec codec, HeaderSelection headers, long transactionCapacity) {}
