// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks.worker;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The difference between two readings.
 *
 * @param begin the first reading
 * @param end the second reading
 * @param calls the durations of the calls
 */
record Window(Reading begin, Reading end, CallTimes.Quantiles calls) {
    private static final double NANOS = 1e9;
    private static final double MICROS = 1e3;

    /** Returns the figures by name. Each name contains the unit. */
    Map<String, Double> figures() {
        double seconds = (end.nanos() - begin.nanos()) / NANOS;
        double events = end.events() - begin.events();
        double cpu = seconds(begin.cpu(), end.cpu());
        double brokerCpu = seconds(begin.brokerCpu(), end.brokerCpu());
        double driverCpu = seconds(begin.driverCpu(), end.driverCpu());
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("seconds", seconds);
        figures.put("events", events);
        figures.put("clientCpuSeconds", cpu);
        figures.put("brokerCpuSeconds", brokerCpu);
        figures.put("driverCpuSeconds", driverCpu);
        figures.put("allocatedBytes", (double) allocated());
        figures.put("threadsEnded", (double) threadsEnded());
        figures.put("calls", (double) calls.count());
        figures.put("callP50Micros", calls.p50() / MICROS);
        figures.put("callP99Micros", calls.p99() / MICROS);
        figures.put("collections", (double) (end.collections() - begin.collections()));
        figures.put("collectingMillis", (double)
                end.collecting().minus(begin.collecting()).toMillis());
        figures.put("compilingMillis", (double)
                end.compiling().minus(begin.compiling()).toMillis());
        figures.put("othersShare", othersShare(cpu + brokerCpu + driverCpu, seconds));
        return figures;
    }

    private static double seconds(Duration begin, Duration end) {
        return end.minus(begin).toNanos() / NANOS;
    }

    private long allocated() {
        return end.allocated().entrySet().stream()
                .mapToLong(entry -> entry.getValue() - begin.allocated().getOrDefault(entry.getKey(), 0L))
                .sum();
    }

    /** Returns the number of threads that ended in the window, so that their allocation is unknown. */
    private long threadsEnded() {
        long started = end.threadsStarted() - begin.threadsStarted();
        return begin.allocated().size() + started - end.allocated().size();
    }

    /** Returns the share of the machine that processes outside the measurement used. */
    private double othersShare(double own, double seconds) {
        int processors = Runtime.getRuntime().availableProcessors();
        double all = end.machine().all() - begin.machine().all();
        double busy = end.machine().busy() - begin.machine().busy();
        return all == 0 ? 0 : Math.max(0, busy / all - own / (seconds * processors));
    }

    /** Formats figures as a flat JSON object, without infinite values and NaN. */
    static String json(Map<String, Double> figures) {
        return figures.entrySet().stream()
                .filter(figure -> Double.isFinite(figure.getValue()))
                .map(figure -> String.format(Locale.ROOT, "\"%s\":%.6f", figure.getKey(), figure.getValue()))
                .collect(Collectors.joining(",", "{", "}"));
    }
}
