// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flume.Context;
import org.apache.flume.Event;
import org.apache.flume.interceptor.Interceptor;

/** Changes each event's body in place, as it should happen once an attempt, and counts. */
public final class StampingInterceptor implements Interceptor {

    /** Of all events that it has seen, in this process. */
    static final AtomicLong SEEN = new AtomicLong();

    /** As Flume makes it. */
    public static final class Builder implements Interceptor.Builder {

        @Override
        public Interceptor build() {
            return new StampingInterceptor();
        }

        @Override
        public void configure(Context context) {
            // Has no settings.
        }
    }

    @Override
    public void initialize() {
        // Needs nothing.
    }

    /** The first byte counts how often this body was changed. */
    @Override
    public Event intercept(Event event) {
        SEEN.incrementAndGet();
        event.getBody()[0]++;
        event.getHeaders().merge("stamp", "x", String::concat);
        return event;
    }

    @Override
    public List<Event> intercept(List<Event> events) {
        events.forEach(this::intercept);
        return events;
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
