// SPDX-License-Identifier: Apache-2.0
package io.flafka.badrecord;

import io.flafka.metrics.MetricGroup;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/** Counts the bad records of a component. Thread-safe. */
public final class BadRecordMetrics {

    private final LongAdder skipped;
    private final Map<BadRecord.Kind, LongAdder> byKind = new EnumMap<>(BadRecord.Kind.class);
    private final LongAdder deadLetters;
    private final LongAdder failedDeadLetters;

    /** Declares the counts as attributes. */
    public BadRecordMetrics(MetricGroup group) {
        skipped = group.count(
                "BadRecordCount",
                "bad records that were skipped (`errors.tolerance = all`): written to the dead letter topic, or dropped without one");
        for (BadRecord.Kind kind : BadRecord.Kind.values()) {
            byKind.put(kind, group.count(kind.attribute(), "of these: " + kind.meaning()));
        }
        deadLetters = group.count(
                "DeadLetterCount",
                "bad records that were written to the dead letter topic; with exactly once, given to the Kafka transaction of their batch, at each attempt");
        failedDeadLetters = group.count(
                "DeadLetterFailCount",
                "attempts to write to the dead letter topic that failed; the component stops there and retries");
    }

    void onSkipped(BadRecord record) {
        skipped.increment();
        Objects.requireNonNull(byKind.get(record.kind())).increment();
    }

    void onDeadLetter() {
        deadLetters.increment();
    }

    void onDeadLetterFailed() {
        failedDeadLetters.increment();
    }
}
