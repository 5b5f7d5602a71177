// SPDX-License-Identifier: Apache-2.0
package io.flafka.metrics;

import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

/** The sizes of the batches since the start of a component. Batches without events do not count. Thread-safe. */
public final class BatchSizes {

    private final LongAdder batches = new LongAdder();
    private final LongAdder events = new LongAdder();
    private final LongAccumulator largest = new LongAccumulator(Math::max, 0);

    /**
     * Declares the average and the largest size as attributes.
     *
     * @param prefix the first part of their names
     * @param what the batches, as the descriptions name them
     */
    public BatchSizes(MetricGroup group, String prefix, String what) {
        group.gauge(prefix + "SizeAverage", "events in " + what + " on average, since the start", this::average);
        group.gauge(prefix + "SizeMax", "events in the largest of these, since the start", largest::get);
        group.onReset(this::reset);
    }

    /** Adds a batch. */
    public void add(int size) {
        if (size > 0) {
            batches.increment();
            events.add(size);
            largest.accumulate(size);
        }
    }

    private double average() {
        long count = batches.sum();
        return count == 0 ? 0 : (double) events.sum() / count;
    }

    private void reset() {
        batches.reset();
        events.reset();
        largest.reset();
    }
}
