// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.flume.Context;
import org.apache.flume.Event;
import org.apache.flume.interceptor.Interceptor;

/** Needs {@code millis} for each batch, like an interceptor that queries a database. */
public final class SlowInterceptor implements Interceptor {

    private final Duration delay;

    private SlowInterceptor(Duration delay) {
        this.delay = delay;
    }

    /** Creates the interceptor for Flume. */
    public static final class Builder implements Interceptor.Builder {

        private Duration delay = Duration.ZERO;

        @Override
        public Interceptor build() {
            return new SlowInterceptor(delay);
        }

        @Override
        public void configure(Context context) {
            delay = Duration.ofMillis(context.getLong("millis"));
        }
    }

    @Override
    public void initialize() {
        // Nothing to prepare.
    }

    @Override
    public Event intercept(Event event) {
        return event;
    }

    @Override
    public List<Event> intercept(List<Event> events) {
        try {
            // The latch is never released, so this always waits for the delay.
            boolean released = new CountDownLatch(1).await(delay.toMillis(), TimeUnit.MILLISECONDS);
            return released ? List.of() : events;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return events;
        }
    }

    @Override
    public void close() {
        // Nothing to close.
    }
}
