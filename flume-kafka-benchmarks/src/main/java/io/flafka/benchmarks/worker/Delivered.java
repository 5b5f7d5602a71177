// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks.worker;

import java.util.concurrent.atomic.LongAdder;

/** Events that a stub gave or got in transactions that were committed. Thread-safe. */
final class Delivered {
    private final LongAdder events = new LongAdder();

    void add(int count) {
        events.add(count);
    }

    long events() {
        return events.sum();
    }
}
