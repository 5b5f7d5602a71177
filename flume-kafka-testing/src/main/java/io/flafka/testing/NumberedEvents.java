// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Makes texts that are all different and sort in the order they were made: {@code run-0000001}, {@code run-0000002}. For any thread.
 */
public final class NumberedEvents {
    private final String prefix;
    private final AtomicInteger last = new AtomicInteger();

    /** Numbers from 1 on. */
    public NumberedEvents(String prefix) {
        this.prefix = prefix;
    }

    /** The next text. */
    public String next() {
        return String.format("%s-%07d", prefix, last.incrementAndGet());
    }

    /** The next so many texts, in order. */
    public List<String> next(int count) {
        return Stream.generate(this::next).limit(count).toList();
    }
}
