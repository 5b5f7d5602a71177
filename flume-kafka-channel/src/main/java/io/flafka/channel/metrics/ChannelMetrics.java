// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.metrics;

import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.apache.flume.instrumentation.kafka.KafkaChannelCounter;

/** Counts what a channel does, and shows it as the MBean {@code org.apache.flume.channel:type=<name>}. Thread-safe. */
public final class ChannelMetrics extends KafkaChannelCounter implements ChannelMetricsMBean {

    // Names that Flume's counter group declares private.
    private static final String EVENT_PUT_ATTEMPT = "channel.event.put.attempt";

    private static final String EVENT_TAKE_ATTEMPT = "channel.event.take.attempt";

    private final LongAdder eventPutFailCount = new LongAdder();
    private final LongAdder eventTakeFailCount = new LongAdder();
    private final LongAdder offsetCommitFailCount = new LongAdder();
    private final LongAdder eventTakeRevokedCount = new LongAdder();
    private final LongAdder badRecordCount = new LongAdder();
    private volatile LongSupplier sizeSource = () -> 0;

    /** Creates the counters of a channel; {@link #start} registers them. */
    public ChannelMetrics(String channelName) {
        super(channelName);
    }

    @Override
    public void start() {
        eventPutFailCount.reset();
        eventTakeFailCount.reset();
        offsetCommitFailCount.reset();
        eventTakeRevokedCount.reset();
        badRecordCount.reset();
        super.start();
    }

    @Override
    public long getEventPutFailCount() {
        return eventPutFailCount.sum();
    }

    /** Counts an event that the channel did not accept, or a transaction that Kafka did not acknowledge. */
    public void incrementEventPutFailCount() {
        eventPutFailCount.increment();
    }

    @Override
    public long getEventTakeFailCount() {
        return eventTakeFailCount.sum();
    }

    /** Counts a take that failed. */
    public void incrementEventTakeFailCount() {
        eventTakeFailCount.increment();
    }

    @Override
    public long getOffsetCommitFailCount() {
        return offsetCommitFailCount.sum();
    }

    /** Sets what {@link #getChannelSize} asks. */
    public void setSizeSource(LongSupplier source) {
        sizeSource = source;
    }

    /** Returns how many events the channel has in the partitions that this agent reads. An estimate. */
    @Override
    public long getChannelSize() {
        return sizeSource.getAsLong();
    }

    /** Counts the puts of a transaction, when it is completed. To count each put alone would cost as much as the put. */
    public void addToEventPutAttemptCount(long puts) {
        addAndGet(EVENT_PUT_ATTEMPT, puts);
    }

    /** Counts the takes of a transaction, when it is completed. To count each take alone would cost more than the take. */
    public void addToEventTakeAttemptCount(long takes) {
        addAndGet(EVENT_TAKE_ATTEMPT, takes);
    }

    @Override
    public long getEventTakeRevokedCount() {
        return eventTakeRevokedCount.sum();
    }

    /** Counts delivered events whose partition was revoked, or its position reset, before their transaction was committed. */
    public void addToEventTakeRevokedCount(long events) {
        eventTakeRevokedCount.add(events);
    }

    /** Counts an offset commit that Kafka did not confirm. */
    public void incrementOffsetCommitFailCount() {
        offsetCommitFailCount.increment();
    }

    @Override
    public long getBadRecordCount() {
        return badRecordCount.sum();
    }

    /** Counts a bad record that was dropped or written to the dead letter topic. */
    public void incrementBadRecordCount() {
        badRecordCount.increment();
    }
}
