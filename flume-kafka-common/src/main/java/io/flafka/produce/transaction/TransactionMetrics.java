// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce.transaction;

import io.flafka.metrics.MetricGroup;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/** Counts how the Kafka transactions of a component end. Thread-safe. */
public final class TransactionMetrics {

    private final LongAdder committed;
    private final LongAdder commitMillis;
    private final LongAdder aborted;

    /** Declares the counts as attributes. */
    public TransactionMetrics(MetricGroup group) {
        committed = group.count("KafkaTransactionCommitCount", "Kafka transactions that were committed");
        commitMillis = group.count(
                "KafkaTransactionCommitTimer", "milliseconds in which these waited for their commit, all together");
        aborted = group.count(
                "KafkaTransactionAbortCount",
                "Kafka transactions that were aborted, or of which it is not known whether they were committed");
    }

    void onCommitted(Duration commit) {
        committed.increment();
        commitMillis.add(commit.toMillis());
    }

    void onAborted() {
        aborted.increment();
    }
}
