// SPDX-License-Identifier: Apache-2.0
package io.flafka.metrics;

import java.util.concurrent.atomic.LongAdder;
import org.apache.flume.instrumentation.kafka.KafkaChannelCounter;

/** The counters of a Kafka channel, under the MBean name {@code org.apache.flume.channel:type=<name>}. Thread-safe. */
public final class ChannelMetrics extends KafkaChannelCounter implements ChannelMetricsMBean {

    private final LongAdder eventPutFailCount = new LongAdder();
    private final LongAdder eventTakeFailCount = new LongAdder();
    private final LongAdder offsetCommitFailCount = new LongAdder();
    private final LongAdder badRecordCount = new LongAdder();

    /** For the channel of that name; registered when started. */
    public ChannelMetrics(String channelName) {
        super(channelName);
    }

    @Override
    public void start() {
        eventPutFailCount.reset();
        eventTakeFailCount.reset();
        offsetCommitFailCount.reset();
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
