// SPDX-License-Identifier: Apache-2.0
package io.flafka.consume;

import io.flafka.metrics.MetricGroup;
import java.time.Clock;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** The attributes of a component that reads Kafka: its part in the group, how far it is behind, and its commits. Thread-safe. */
public final class ConsumerMetrics {

    private final LongAdder rebalances;
    private final LongAdder expelled;
    private final LongAdder commits;
    private final LongAdder failedCommits;
    private volatile Supplier<ConsumerLag> lag = () -> ConsumerLag.NONE;
    private volatile LongSupplier uncommitted = () -> 0;

    /** Declares them. */
    public ConsumerMetrics(MetricGroup group) {
        group.gauge(
                "AssignedPartitionCount",
                "partitions that the group has given to the component",
                () -> lag().partitions());
        group.gauge(
                "ConsumerLag",
                "records of these partitions that are not delivered yet, as far as Kafka's client knows; measured once a second,"
                        + " and of paused partitions every 10 s",
                () -> lag().records());
        group.gauge("ConsumerLagMax", "the same of the partition with most", () -> lag().mostRecords());
        group.gauge(
                "ConsumerLagSeconds",
                "the age of the oldest record that is not delivered, by its timestamp; if it is not read yet, that of the record before it",
                () -> lag().secondsBehind(Clock.systemUTC().millis()));
        rebalances =
                group.count("RebalanceCount", "rebalances of the group, counted for each consumer of the component");
        expelled = group.count(
                "ExpelledCount",
                "how often the group took partitions away without a revocation: duplicates are possible");
        commits = group.count("OffsetCommitCount", "commits of offsets that Kafka has confirmed");
        failedCommits = group.count(
                "OffsetCommitFailCount",
                "commits of offsets that Kafka has not confirmed: duplicates are possible if the agent stops, or a partition moves, before a"
                        + " retry succeeds");
        group.gauge(
                "UncommittedRecordCount",
                "records that are delivered and whose offsets Kafka has not confirmed yet: if the agent is killed now, they are delivered again",
                () -> uncommitted.getAsLong());
    }

    private ConsumerLag lag() {
        return lag.get();
    }

    /** Returns how many records are not delivered yet. */
    public long lagRecords() {
        return lag().records();
    }

    /**
     * Sets what is asked for the numbers of the current run.
     *
     * @param newUncommitted returns how many records are delivered and not committed
     */
    public void setSources(Supplier<ConsumerLag> newLag, LongSupplier newUncommitted) {
        lag = newLag;
        uncommitted = newUncommitted;
    }

    /** Counts that the group has given partitions. */
    public void onAssigned() {
        rebalances.increment();
    }

    /** Counts that the group took partitions away without a revocation. */
    public void onExpelled() {
        expelled.increment();
    }

    /** Counts a commit that Kafka has confirmed. */
    public void onCommitted() {
        commits.increment();
    }

    /** Counts a commit that Kafka has not confirmed. */
    public void onCommitFailed() {
        failedCommits.increment();
    }
}
