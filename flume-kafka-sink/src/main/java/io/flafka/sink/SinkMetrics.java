// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import io.flafka.badrecord.BadRecordMetrics;
import io.flafka.client.ClientMetrics;
import io.flafka.metrics.BatchSizes;
import io.flafka.metrics.DeclaredMetrics;
import io.flafka.metrics.HeldUpTime;
import io.flafka.metrics.LastError;
import io.flafka.metrics.MetricGroup;
import io.flafka.produce.transaction.TransactionMetrics;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flume.instrumentation.kafka.KafkaSinkCounter;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of a Kafka sink, registered as the MBean {@code org.apache.flume.sink:type=<name>}: those of Flume's own Kafka sink, the failure
 * counters that it keeps but does not show, and those of this plugin. Thread-safe.
 */
public final class SinkMetrics extends KafkaSinkCounter implements DeclaredMetrics {

    private final MetricGroup group = new MetricGroup();
    private final BadRecordMetrics badRecords;
    private final HeldUpTime heldUp;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final BatchSizes batches;
    private final TransactionMetrics transactions;
    private final ClientMetrics clients;
    private final LastError lastError;

    /** Creates the counters of a sink. They are registered at {@link #start}. */
    public SinkMetrics(String sinkName) {
        super(sinkName);
        declareEvents();
        badRecords = new BadRecordMetrics(group);
        heldUp = new HeldUpTime(
                group,
                "HeldUpMillis",
                "milliseconds in which nothing could be delivered: Kafka, a bad record, the channel");
        group.gauge("InFlightBatchCount", "batches that wait for their acknowledgements", inFlight::get);
        batches = new BatchSizes(group, "Batch", "batches that were delivered");
        declareBatches();
        transactions = new TransactionMetrics(group);
        clients = new ClientMetrics(group);
        clients.declareProducers(group);
        lastError = new LastError(group);
        declareUnused();
    }

    private void declareEvents() {
        group.count(
                "EventDrainSuccessCount",
                "events that are in Kafka and committed in the channel",
                this::getEventDrainSuccessCount);
        group.count(
                "EventDrainAttemptCount",
                "events taken from the channel, at each attempt",
                this::getEventDrainAttemptCount);
        group.count("RollbackCount", "batches that were rolled back", this::getRollbackCount);
        group.count(
                "EventWriteFail",
                "batches that failed because of an event that could not become a record, or a record that was not acknowledged",
                this::getEventWriteFail);
        group.count("ChannelReadFail", "failures of the channel to give an event", this::getChannelReadFail);
    }

    private void declareBatches() {
        group.count("BatchCompleteCount", "full batches", this::getBatchCompleteCount);
        group.count(
                "BatchUnderflowCount", "batches with fewer events than they may have", this::getBatchUnderflowCount);
        group.count("BatchEmptyCount", "batches without an event", this::getBatchEmptyCount);
        group.count(
                "KafkaEventSendTimer",
                "milliseconds in which a complete batch waited for its acknowledgements, of all batches together",
                this::getKafkaEventSendTimer);
        group.gauge("StartTime", "when the sink was started, in milliseconds since 1970", this::getStartTime);
        group.gauge("StopTime", "when it was stopped; 0 while it runs", this::getStopTime);
        group.text("Type", "always `SINK`", this::getType);
    }

    private void declareUnused() {
        String unused = "always 0: Flume has it for other sinks";
        group.count("ConnectionCreatedCount", unused, this::getConnectionCreatedCount);
        group.count("ConnectionClosedCount", unused, this::getConnectionClosedCount);
        group.count("ConnectionFailedCount", unused, this::getConnectionFailedCount);
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

    /** Notes that the sink does not go on, and why. */
    void onFailure(@Nullable String reason) {
        heldUp.onFailure();
        lastError.set(reason);
    }

    /** Notes that the sink goes on, or has nothing to do. */
    void onSuccess() {
        heldUp.onSuccess();
    }

    /** Notes that a batch waits for its acknowledgements. */
    void beginAwait() {
        inFlight.incrementAndGet();
    }

    /** Notes that the wait is over. */
    void endAwait() {
        inFlight.decrementAndGet();
    }

    BadRecordMetrics badRecords() {
        return badRecords;
    }

    /** Returns the sizes of the batches that were delivered. */
    BatchSizes batches() {
        return batches;
    }

    TransactionMetrics transactions() {
        return transactions;
    }

    ClientMetrics clients() {
        return clients;
    }
}
