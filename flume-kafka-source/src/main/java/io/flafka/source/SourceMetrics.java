// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import io.flafka.badrecord.BadRecordMetrics;
import io.flafka.client.ClientMetrics;
import io.flafka.consume.ConsumerMetrics;
import io.flafka.metrics.BatchSizes;
import io.flafka.metrics.DeclaredMetrics;
import io.flafka.metrics.HeldUpTime;
import io.flafka.metrics.LastError;
import io.flafka.metrics.MetricGroup;
import org.apache.flume.instrumentation.kafka.KafkaSourceCounter;

/**
 * The attributes of a Kafka source, registered as the MBean {@code org.apache.flume.source:type=<name>}: those of Flume's own Kafka source, the failure
 * counters that it keeps but does not show, and those of this plugin. Thread-safe.
 */
public final class SourceMetrics extends KafkaSourceCounter implements DeclaredMetrics {

    private final MetricGroup group = new MetricGroup();
    private final BadRecordMetrics badRecords;
    private final ConsumerMetrics consumer;
    private final HeldUpTime heldUp;
    private final BatchSizes batches;
    private final ClientMetrics clients;
    private final LastError lastError;

    /** Creates the counters of the source with this name. They are registered at {@link #start}. */
    public SourceMetrics(String sourceName) {
        super(sourceName);
        declareEvents();
        badRecords = new BadRecordMetrics(group);
        heldUp = new HeldUpTime(
                group,
                "HeldUpMillis",
                "milliseconds in which nothing could be delivered: a full channel, an interceptor that throws, a bad record, Kafka. Unless"
                        + " Kafka is the reason, all partitions are paused meanwhile");
        batches = new BatchSizes(group, "Batch", "batches that the channels have accepted");
        consumer = new ConsumerMetrics(group);
        declareTimes();
        clients = new ClientMetrics(group);
        clients.declareConsumers(group);
        lastError = new LastError(group);
        declareUnused();
    }

    private void declareEvents() {
        group.count("EventAcceptedCount", "events that every required channel has", this::getEventAcceptedCount);
        group.count(
                "EventReceivedCount", "events handed to the channels, at each attempt", this::getEventReceivedCount);
        group.count("ChannelWriteFail", "batches that a channel has refused", this::getChannelWriteFail);
        group.count(
                "EventReadFail",
                "records that were not events, at each attempt, and failures of an interceptor",
                this::getEventReadFail);
        group.count("GenericProcessingFail", "failures to read Kafka", this::getGenericProcessingFail);
    }

    private void declareTimes() {
        group.count("KafkaEmptyCount", "polls without records", this::getKafkaEmptyCount);
        group.count("KafkaEventGetTimer", "milliseconds in polls, waiting included", this::getKafkaEventGetTimer);
        group.count(
                "KafkaCommitTimer",
                "milliseconds until Kafka has confirmed a commit, of all commits in `OffsetCommitCount` together",
                this::getKafkaCommitTimer);
        group.gauge("StartTime", "when the source was started, in milliseconds since 1970", this::getStartTime);
        group.gauge("StopTime", "when it was stopped; 0 while it runs", this::getStopTime);
        group.text("Type", "always `SOURCE`", this::getType);
    }

    private void declareUnused() {
        String unused = "always 0: Flume has it for other sources";
        group.count("AppendAcceptedCount", unused, this::getAppendAcceptedCount);
        group.count("AppendReceivedCount", unused, this::getAppendReceivedCount);
        group.count("AppendBatchAcceptedCount", unused, this::getAppendBatchAcceptedCount);
        group.count("AppendBatchReceivedCount", unused, this::getAppendBatchReceivedCount);
        group.gauge("OpenConnectionCount", unused, this::getOpenConnectionCount);
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

    BadRecordMetrics badRecords() {
        return badRecords;
    }

    ConsumerMetrics consumer() {
        return consumer;
    }

    /** Returns the time in which nothing can be delivered. */
    HeldUpTime heldUp() {
        return heldUp;
    }

    /** Returns the sizes of the batches that the channels have accepted. */
    BatchSizes batches() {
        return batches;
    }

    ClientMetrics clients() {
        return clients;
    }

    LastError lastError() {
        return lastError;
    }
}
