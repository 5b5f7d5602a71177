// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flume.Context;
import org.apache.flume.Event;
import org.apache.flume.interceptor.Interceptor;

/** Changes the body and a header of each event in place and counts the events. Shows whether a retry gets the original event. */
public final class StampingInterceptor implements Interceptor {

    /** Counts the events of all instances in this JVM. */
    static final AtomicLong SEEN = new AtomicLong();

    /** Creates the interceptor for Flume. */
    public static final class Builder implements Interceptor.Builder {

        @Override
        public Interceptor build() {
            return new StampingInterceptor();
        }

        @Override
        public void configure(Context context) {
            // No settings.
        }
    }

    @Override
    public void initialize() {
        // Nothing to prepare.
    }

    /** Increments the body's first byte, which so counts the changes. */
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
        // Nothing to close.
    }
}
