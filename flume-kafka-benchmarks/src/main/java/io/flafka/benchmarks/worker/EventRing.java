// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks.worker;

import java.util.HashMap;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.apache.flume.Event;

/** An endless sequence of prepared events, which cost nothing at run time. For one thread. */
public final class EventRing {
    private static final int MOST_EVENTS = 4096;
    private static final int MOST_BYTES = 16 << 20;
    private static final int KEYS = 1000;
    /** The header that the sinks and channels take for the key. */
    static final String KEY = "key";

    private final Event[] events;
    private int next;

    private EventRing(int body, IntFunction<Map<String, String>> headers) {
        LogLines lines = new LogLines();
        events = IntStream.range(0, Math.max(1, Math.min(MOST_EVENTS, MOST_BYTES / body)))
                .mapToObj(i -> new RingEvent(headers.apply(i), lines.next(body)))
                .toArray(Event[]::new);
    }

    /** Creates events with two headers. */
    static EventRing of(int body) {
        return new EventRing(body, i -> headers());
    }

    /** Creates events with two headers, and with a key if the job asks for it. */
    static EventRing of(Job job) {
        return Boolean.parseBoolean(job.text(Keys.KEYED))
                ? new EventRing(job.number(Keys.BODY), EventRing::keyedHeaders)
                : of(job.number(Keys.BODY));
    }

    private static Map<String, String> keyedHeaders(int number) {
        Map<String, String> headers = headers();
        headers.put(KEY, "customer-" + number % KEYS);
        return headers;
    }

    /** Returns headers like those of a file or syslog source. */
    public static Map<String, String> headers() {
        return new HashMap<>(Map.of("host", "web-07.example.org", "timestamp", "1665900000000"));
    }

    Event next() {
        Event event = events[next];
        next = next + 1 == events.length ? 0 : next + 1;
        return event;
    }
}
