// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.metrics;

import io.flafka.metrics.BatchSizes;
import io.flafka.metrics.HeldUpTime;
import io.flafka.metrics.MetricGroup;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** The attributes of a channel's puts. Thread-safe. */
public final class PutMetrics {

    private final LongAdder failed;
    private final HeldUpTime heldUp;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final BatchSizes batches;

    PutMetrics(MetricGroup group) {
        failed = group.count(
                "EventPutFailCount",
                "events that could not become a record or were too many, and put transactions that Kafka has not acknowledged");
        heldUp = new HeldUpTime(
                group, "PutHeldUpMillis", "milliseconds from a put that failed to the next one that succeeded");
        group.gauge("InFlightPutCount", "put transactions that wait for Kafka", inFlight::get);
        batches = new BatchSizes(group, "PutBatch", "put transactions that were committed");
    }

    /** Notes that the commit of a transaction begins. */
    public void beginCommit() {
        inFlight.incrementAndGet();
    }

    /** Notes that the commit has ended, in whatever way. */
    public void endCommit() {
        inFlight.decrementAndGet();
    }

    /** Notes that a transaction of this many events is committed. */
    public void onCommitted(int events) {
        heldUp.onSuccess();
        batches.add(events);
    }

    /** Counts an event that the channel did not accept, or a transaction that Kafka did not acknowledge. */
    public void onFailed() {
        heldUp.onFailure();
        failed.increment();
    }

    /** Notes an attempt for which the channel has no Kafka clients. */
    public void onNoClients() {
        heldUp.onFailure();
    }
}
