// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.List;
import org.apache.flume.Event;
import org.apache.flume.event.EventBuilder;
import org.apache.flume.interceptor.Interceptor;
import org.apache.flume.interceptor.InterceptorChain;
import org.junit.jupiter.api.Test;

/** Tests that the failed interceptor is found in the stack trace of Flume's interceptor chain. */
class InterceptionFailedExceptionTest {

    /** Fails in a method that it calls. */
    private static final class Failing implements Interceptor {

        @Override
        public void initialize() {
            // Nothing to prepare.
        }

        @Override
        public Event intercept(Event event) {
            Long.parseLong("no number");
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

    @Test
    void namesTheInterceptorThatTheChainCalled() {
        InterceptorChain chain = new InterceptorChain();
        chain.setInterceptors(List.of(new Failing()));

        Throwable failure = catchThrowable(() -> chain.intercept(List.of(EventBuilder.withBody(new byte[0]))));

        assertThat(new InterceptionFailedException(failure).failedCode())
                .isEqualTo("interceptor " + Failing.class.getName());
    }

    @Test
    void namesThePossibleCausesWithoutAChainInTheTrace() {
        assertThat(new InterceptionFailedException(new IllegalStateException()).failedCode())
                .isEqualTo("an interceptor, the channel selector or a channel");
        assertThat(new InterceptionFailedException(new IllegalStateException()).getCause())
                .isInstanceOf(IllegalStateException.class);
    }
}
