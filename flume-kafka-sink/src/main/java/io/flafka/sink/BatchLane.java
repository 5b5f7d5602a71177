// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import io.flafka.badrecord.RefusedRecordHandler;
import io.flafka.lifecycle.WorkThread;

/**
 * A thread with at most one batch in flight, and what its batches work with. Flume binds a transaction to the thread that opened it, so each batch in
 * flight needs a thread of its own.
 *
 * @param sinkName the sink's name in the agent file
 * @param thread runs the whole batch. Flume's own thread is interrupted when the agent stops, and an interrupt damages channels on disk
 * @param sender takes and sends events; shared by all lanes of the sink, of which only one takes at a time
 * @param delivery writes the records; shared by all lanes
 * @param refusedRecordHandler handles records that Kafka refuses; shared by all lanes
 * @param metrics the sink's counters
 */
record BatchLane(
        String sinkName,
        WorkThread thread,
        EventSender sender,
        BatchDelivery delivery,
        RefusedRecordHandler refusedRecordHandler,
        SinkMetrics metrics) {}
