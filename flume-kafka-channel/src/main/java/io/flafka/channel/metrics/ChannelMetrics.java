// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.metrics;

import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.apache.flume.instrumentation.kafka.KafkaChannelCounter;

/** The counters of a Kafka channel, under the MBean name {@code org.apache.flume.channel:type=<name>}. Thread-safe. */
public final class ChannelMetrics extends KafkaChannelCounter implements ChannelMetricsMBean {

    /** The names by which Flume's own counter group knows them. */
    private static final String EVENT_PUT_ATTEMPT = "channel.event.put.attempt";

    private static final String EVENT_TAKE_ATTEMPT = "channel.event.take.attempt";

    private final LongAdder eventPutFailCount = new LongAdder();
    private final LongAdder eventTakeFailCount = new LongAdder();
    private final LongAdder offsetCommitFailCount = new LongAdder();
    private final LongAdder eventTakeRevokedCount = new LongAdder();
    private final LongAdder badRecordCount = new LongAdder();
    private volatile LongSupplier size = () -> 0;

    /** For the channel of that name; registered when started. */
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

    /** One more event that cannot become a record, or transaction that Kafka did not acknowledge. */
    public void incrementEventPutFailCount() {
        eventPutFailCount.increment();
    }

    @Override
    public long getEventTakeFailCount() {
        return eventTakeFailCount.sum();
    }

    /** One more take that ended in an error. */
    public void incrementEventTakeFailCount() {
        eventTakeFailCount.increment();
    }

    @Override
    public long getOffsetCommitFailCount() {
        return offsetCommitFailCount.sum();
    }

    /** From now on this tells how many events the channel has. */
    public void sizeIs(LongSupplier source) {
        size = source;
    }

    /** How many events the channel has in the partitions that this agent reads, as far as it knows. */
    @Override
    public long getChannelSize() {
        return size.getAsLong();
    }

    /** So many more puts, counted when their transaction ends: a count for each would cost as much as the put. */
    public void addToEventPutAttemptCount(long puts) {
        addAndGet(EVENT_PUT_ATTEMPT, puts);
    }

    /** So many more takes, counted when their transaction ends: a count for each would cost more than the take. */
    public void addToEventTakeAttemptCount(long takes) {
        addAndGet(EVENT_TAKE_ATTEMPT, takes);
    }

    @Override
    public long getEventTakeRevokedCount() {
        return eventTakeRevokedCount.sum();
    }

    /** So many more events whose take ended after their partition had gone to another member. */
    public void addToEventTakeRevokedCount(long events) {
        eventTakeRevokedCount.add(events);
    }

    /** One more commit that Kafka did not accept. */
    public void incrementOffsetCommitFailCount() {
        offsetCommitFailCount.increment();
    }

    @Override
    public long getBadRecordCount() {
        return badRecordCount.sum();
    }

    /** One more record that was passed over. */
    public void incrementBadRecordCount() {
        badRecordCount.increment();
    }
}
