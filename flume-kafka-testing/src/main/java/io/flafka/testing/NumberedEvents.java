// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Creates distinct texts that sort in the order of their creation: {@code run-0000001}, {@code run-0000002}. For any
 * thread.
 */
public final class NumberedEvents {
    private final String prefix;
    private final AtomicInteger last = new AtomicInteger();

    /** Starts at number 1. */
    public NumberedEvents(String prefix) {
        this.prefix = prefix;
    }

    /** Returns the next text. */
    public String next() {
        return String.format("%s-%07d", prefix, last.incrementAndGet());
    }

    /** Returns the next {@code count} texts, in order. */
    public List<String> next(int count) {
        return Stream.generate(this::next).limit(count).toList();
    }
}
