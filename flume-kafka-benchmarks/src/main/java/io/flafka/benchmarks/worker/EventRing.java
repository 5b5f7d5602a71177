// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks.worker;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flume.Event;

/** An endless sequence of prepared events, which cost nothing at run time. For one thread. */
public final class EventRing {
    private static final int SIZE = 4096;

    private final Event[] events;
    private int next;

    /** Creates events with two headers. */
    EventRing(int body) {
        LogLines lines = new LogLines();
        events = Stream.generate(() -> new RingEvent(headers(), lines.next(body)))
                .limit(SIZE)
                .toArray(Event[]::new);
    }

    /** Returns headers like those of a file or syslog source. */
    public static Map<String, String> headers() {
        return new HashMap<>(Map.of("host", "web-07.example.org", "timestamp", "1665900000000"));
    }

    Event next() {
        return events[next++ & (SIZE - 1)];
    }
}
