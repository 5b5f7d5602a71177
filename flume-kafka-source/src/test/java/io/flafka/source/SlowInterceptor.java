// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.flume.Context;
import org.apache.flume.Event;
import org.apache.flume.interceptor.Interceptor;

/** Takes {@code millis} for each batch, as one does that looks something up. */
public final class SlowInterceptor implements Interceptor {

    private final Duration time;

    private SlowInterceptor(Duration time) {
        this.time = time;
    }

    /** As Flume makes it. */
    public static final class Builder implements Interceptor.Builder {

        private Duration time = Duration.ZERO;

        @Override
        public Interceptor build() {
            return new SlowInterceptor(time);
        }

        @Override
        public void configure(Context context) {
            time = Duration.ofMillis(context.getLong("millis"));
        }
    }

    @Override
    public void initialize() {
        // Needs nothing.
    }

    @Override
    public Event intercept(Event event) {
        return event;
    }

    @Override
    public List<Event> intercept(List<Event> events) {
        try {
            // Nobody counts down: this is the time that the work takes.
            boolean never = new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS);
            return never ? List.of() : events;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return events;
        }
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
