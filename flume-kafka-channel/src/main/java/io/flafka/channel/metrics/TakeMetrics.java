// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.metrics;

import io.flafka.metrics.BatchSizes;
import io.flafka.metrics.HeldUpTime;
import io.flafka.metrics.MetricGroup;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/** The attributes of a channel's takes. Thread-safe. */
public final class TakeMetrics {

    private final LongAdder failed;
    private final LongAdder revoked;
    private final HeldUpTime heldUp;
    private final PausedTime paused;
    private final BatchSizes batches;
    private volatile Supplier<ReadAhead> readAhead = () -> ReadAhead.NONE;

    /**
     * What the channel has read and not delivered, at one moment.
     *
     * @param records the records that wait to be taken
     * @param bytes the memory that they need
     * @param openTakes the transactions that hold records
     * @param uncommitted the records that are delivered and not committed
     */
    public record ReadAhead(long records, long bytes, int openTakes, long uncommitted) {

        /** Nothing. */
        public static final ReadAhead NONE = new ReadAhead(0, 0, 0, 0);
    }

    TakeMetrics(MetricGroup group) {
        failed = group.count(
                "EventTakeFailCount",
                "takes that failed because Kafka cannot be read, or because of a bad record; then other partitions may go on");
        heldUp = new HeldUpTime(
                group, "TakeHeldUpMillis", "milliseconds from a take that failed to the next one that succeeded");
        revoked = group.count(
                "EventTakeRevokedCount",
                "events that were delivered after their partition was revoked, or read again from another offset: they can be delivered again");
        batches = new BatchSizes(group, "TakeBatch", "take transactions that were committed");
        group.gauge(
                "OpenTakeCount",
                "take transactions that hold events of partitions that the channel has",
                () -> readAhead.get().openTakes());
        group.gauge(
                "ReadAheadRecords",
                "records that are read and wait for a take",
                () -> readAhead.get().records());
        group.gauge(
                "ReadAheadBytes",
                "the memory that these need, in bytes as `readAheadBytes` counts them",
                () -> readAhead.get().bytes());
        paused = new PausedTime(group);
    }

    /** Sets what is asked for the events that wait. */
    public void setReadAhead(Supplier<ReadAhead> source) {
        readAhead = source;
    }

    /** Returns the time in which partitions are not read. */
    public PausedTime paused() {
        return paused;
    }

    /** Notes that a take got an event, or that there was none. */
    public void onAnswered() {
        heldUp.onSuccess();
    }

    /** Notes that a transaction of this many events is committed. */
    public void onCommitted(int events) {
        batches.add(events);
    }

    /** Counts a take that failed. */
    public void onFailed() {
        heldUp.onFailure();
        failed.increment();
    }

    /** Notes an attempt for which the channel has no Kafka clients. */
    public void onNoClients() {
        heldUp.onFailure();
    }

    /** Counts delivered events whose partition was revoked, or its position reset, before their transaction was committed. */
    public void onRevoked(int events) {
        revoked.add(events);
    }
}
