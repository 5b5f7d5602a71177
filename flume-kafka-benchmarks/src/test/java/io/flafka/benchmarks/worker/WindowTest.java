// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Computes figures from readings. */
class WindowTest {
    private static final Offset<Double> LITTLE = Offset.offset(1e-6);

    @Test
    void computesTheSharesOfTheMachine() {
        int processors = Runtime.getRuntime().availableProcessors();
        Reading begin = reading(0, Duration.ZERO, new Reading.Machine(0, 0), Map.of(), 0);
        // In one second all processors were busy half of the time. This process used a fifth of one processor.
        Reading end = reading(1_000_000_000L, Duration.ofMillis(200), new Reading.Machine(50, 100), Map.of(), 0);

        assertThat(figures(begin, end))
                .hasEntrySatisfying(
                        "othersShare", share -> assertThat(share).isCloseTo(0.5 - 0.2 / processors, LITTLE));
    }

    @Test
    void countsTheAllocationOfLiveThreadsAndReportsEndedThreads() {
        Reading begin = reading(0, Duration.ZERO, new Reading.Machine(0, 0), Map.of(1L, 1000L, 2L, 50L), 2);
        // Thread 2 has ended, and thread 3 has started.
        Reading end = reading(1, Duration.ZERO, new Reading.Machine(0, 0), Map.of(1L, 4000L, 3L, 700L), 3);

        assertThat(figures(begin, end)).containsEntry("allocatedBytes", 3700.0).containsEntry("threadsEnded", 1.0);
    }

    @Test
    void isWrittenAsJsonWithoutNaN() {
        assertThat(Window.json(Map.of("a", 1.5))).isEqualTo("{\"a\":1.500000}");
        assertThat(Window.json(Map.of("a", Double.NaN))).isEqualTo("{}");
    }

    private static Map<String, Double> figures(Reading begin, Reading end) {
        return new Window(begin, end, new CallTimes.Quantiles(0, Double.NaN, Double.NaN)).figures();
    }

    private static Reading reading(
            long nanos, Duration cpu, Reading.Machine machine, Map<Long, Long> allocated, long started) {
        return new Reading(
                nanos,
                0,
                cpu,
                Duration.ZERO,
                Duration.ZERO,
                machine,
                0,
                Duration.ZERO,
                Duration.ZERO,
                allocated,
                started);
    }
}
