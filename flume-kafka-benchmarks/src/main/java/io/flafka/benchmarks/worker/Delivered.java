// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks.worker;

import java.util.concurrent.atomic.LongAdder;

/** Counts events that a stub passed on or received in committed transactions. Thread-safe. */
final class Delivered {
    private final LongAdder events = new LongAdder();

    void add(int count) {
        events.add(count);
    }

    long events() {
        return events.sum();
    }
}
