// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.metrics;

import io.flafka.badrecord.BadRecordMetrics;
import io.flafka.client.ClientMetrics;
import io.flafka.consume.ConsumerMetrics;
import io.flafka.metrics.DeclaredMetrics;
import io.flafka.metrics.LastError;
import io.flafka.metrics.MetricGroup;
import io.flafka.produce.transaction.TransactionMetrics;
import org.apache.flume.instrumentation.kafka.KafkaChannelCounter;

/**
 * The attributes of a channel, registered as the MBean {@code org.apache.flume.channel:type=<name>}: those of Flume's own Kafka channel and those of this
 * plugin. Thread-safe.
 */
public final class ChannelMetrics extends KafkaChannelCounter implements DeclaredMetrics {

    // Names that Flume's counter group declares private.
    private static final String EVENT_PUT_ATTEMPT = "channel.event.put.attempt";

    private static final String EVENT_TAKE_ATTEMPT = "channel.event.take.attempt";

    private final MetricGroup group = new MetricGroup();
    private final BadRecordMetrics badRecords;
    private final PutMetrics puts;
    private final TakeMetrics takes;
    private final ConsumerMetrics consumer;
    private final TransactionMetrics transactions;
    private final ClientMetrics clients;
    private final LastError lastError;

    /** Creates the counters of a channel; {@link #start} registers them. */
    public ChannelMetrics(String channelName) {
        super(channelName);
        group.count("EventPutSuccessCount", "events that Kafka has acknowledged", this::getEventPutSuccessCount);
        group.count(
                "EventPutAttemptCount", "events that sources have put, at each attempt", this::getEventPutAttemptCount);
        group.count(
                "EventTakeSuccessCount", "events that sinks have taken and committed", this::getEventTakeSuccessCount);
        group.count(
                "EventTakeAttemptCount",
                "events given to sinks, at each attempt; without bad records that were skipped",
                this::getEventTakeAttemptCount);
        group.count("RollbackCount", "events that sinks have rolled back", this::getRollbackCount);
        badRecords = new BadRecordMetrics(group);
        puts = new PutMetrics(group);
        takes = new TakeMetrics(group);
        consumer = new ConsumerMetrics(group);
        declareSize();
        declareTimes();
        transactions = new TransactionMetrics(group);
        clients = new ClientMetrics(group);
        clients.declareConsumers(group);
        clients.declareProducers(group);
        lastError = new LastError(group);
    }

    private void declareSize() {
        group.gauge(
                "ChannelSize",
                "the same as `ConsumerLag`: events in the partitions that this agent reads. 0 in an agent without sinks",
                this::getChannelSize);
        group.gauge(
                "ChannelCapacity",
                "the property `capacity`; without it the highest number there is",
                this::getChannelCapacity);
        group.gauge(
                "ChannelFillPercentage",
                "`ChannelSize` as a percentage of `ChannelCapacity`",
                this::getChannelFillPercentage);
    }

    private void declareTimes() {
        group.count(
                "KafkaEventSendTimer",
                "milliseconds in which puts waited for Kafka, of all puts together",
                this::getKafkaEventSendTimer);
        group.count("KafkaEventGetTimer", "milliseconds in which takes waited for events", this::getKafkaEventGetTimer);
        group.count(
                "KafkaCommitTimer",
                "milliseconds until Kafka has confirmed a commit, of all commits in `OffsetCommitCount` together",
                this::getKafkaCommitTimer);
        group.gauge("StartTime", "when the channel was started, in milliseconds since 1970", this::getStartTime);
        group.gauge("StopTime", "when it was stopped; 0 while it runs", this::getStopTime);
        group.text("Type", "always `CHANNEL`", this::getType);
    }

    @Override
    public MetricGroup group() {
        return group;
    }

    @Override
    public void start() {
        group.reset();
        super.start();
    }

    /** Returns how many events the channel has in the partitions that this agent reads. An estimate. */
    @Override
    public long getChannelSize() {
        return consumer.lagRecords();
    }

    /** Counts the puts of a transaction, when it is completed. To count each put alone would cost as much as the put. */
    public void addToEventPutAttemptCount(long events) {
        addAndGet(EVENT_PUT_ATTEMPT, events);
    }

    /** Counts the takes of a transaction, when it is completed. To count each take alone would cost more than the take. */
    public void addToEventTakeAttemptCount(long events) {
        addAndGet(EVENT_TAKE_ATTEMPT, events);
    }

    public BadRecordMetrics badRecords() {
        return badRecords;
    }

    public PutMetrics puts() {
        return puts;
    }

    public TakeMetrics takes() {
        return takes;
    }

    public ConsumerMetrics consumer() {
        return consumer;
    }

    public TransactionMetrics transactions() {
        return transactions;
    }

    public ClientMetrics clients() {
        return clients;
    }

    public LastError lastError() {
        return lastError;
    }
}
