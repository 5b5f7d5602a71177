// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks.worker;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.apache.flume.PollableSource;
import org.apache.flume.Sink;

/** Calls a source or a sink as Flume's runners do, with their pauses. */
final class Pollers {
    private static final Duration SINK_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_SINK_PAUSE = Duration.ofSeconds(5);

    private Pollers() {}

    static Loops.Step of(PollableSource source, CallTimes calls) {
        Pause pause = new Pause(
                Duration.ofMillis(source.getBackOffSleepIncrement()),
                Duration.ofMillis(source.getMaxBackOffSleepInterval()));
        return () -> {
            long start = System.nanoTime();
            PollableSource.Status status = source.process();
            calls.add(System.nanoTime() - start);
            pause.after(status == PollableSource.Status.BACKOFF ? 1 : 0);
        };
    }

    static Loops.Step of(Sink sink, CallTimes calls) {
        Pause pause = new Pause(SINK_PAUSE, LONGEST_SINK_PAUSE);
        return () -> {
            long start = System.nanoTime();
            Sink.Status status = sink.process();
            calls.add(System.nanoTime() - start);
            pause.after(status == Sink.Status.BACKOFF ? 1 : 0);
        };
    }

    /** A pause that grows with each consecutive call without events. */
    private static final class Pause {
        private final Duration increment;
        private final Duration longest;
        private int emptyCalls;

        Pause(Duration increment, Duration longest) {
            this.increment = increment;
            this.longest = longest;
        }

        void after(int empty) {
            emptyCalls = empty == 0 ? 0 : emptyCalls + empty;
            if (emptyCalls > 0) {
                LockSupport.parkNanos(
                        Math.min(increment.multipliedBy(emptyCalls).toNanos(), longest.toNanos()));
            }
        }
    }
}
