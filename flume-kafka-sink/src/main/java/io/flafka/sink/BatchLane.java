// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import io.flafka.badrecord.RefusedRecords;
import io.flafka.lifecycle.WorkThread;
import io.flafka.produce.batch.BatchPublisher;

/**
 * Has one batch in flight at a time. Flume binds a transaction to the thread that opened it, so as many batches in flight need as many threads.
 *
 * @param sink its name
 * @param thread runs all of a batch: Flume's own is interrupted when the agent stops, which channels on disk do not survive
 * @param intake what all lanes of a sink share: only one of them takes at a time
 * @param publisher sends its records
 * @param refusals what becomes of those that Kafka refuses
 * @param metrics the sink's
 */
record BatchLane(
        String sink,
        WorkThread thread,
        EventSender intake,
        BatchPublisher publisher,
        RefusedRecords refusals,
        SinkMetrics metrics) {}
