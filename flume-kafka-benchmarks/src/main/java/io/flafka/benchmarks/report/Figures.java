// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks.report;

import java.util.Map;
import java.util.TreeMap;

/** The figures in the tables, computed from a worker's counts in its window. */
public final class Figures {
    /** Events per second. */
    public static final String RATE = "eventsPerSecond";
    /** Megabytes of bodies per second. */
    public static final String MEGABYTES = "megabytesPerSecond";
    /** The client's CPU seconds per million events. */
    public static final String CLIENT_CPU = "clientCpuSecondsPerMillion";
    /** The broker's CPU seconds per million events. */
    public static final String BROKER_CPU = "brokerCpuSecondsPerMillion";
    /** The bytes that the client allocates per event. */
    public static final String ALLOCATED = "allocatedBytesPerEvent";
    /** The median duration of a call, in microseconds. */
    public static final String P50 = "callP50Micros";
    /** The 99th percentile of the duration of a call, in microseconds. */
    public static final String P99 = "callP99Micros";
    /** The number of garbage collections in the client. */
    public static final String COLLECTIONS = "collections";
    /** The duration of these collections, in milliseconds. */
    public static final String COLLECTING = "collectingMillis";
    /** The duration of the JVM compiler's work in the client, in milliseconds. If it is a large share of the window, the warm-up is too short. */
    public static final String COMPILING = "compilingMillis";
    /** The client's CPU seconds per minute, whatever the number of events. */
    public static final String CLIENT_CPU_PER_MINUTE = "clientCpuSecondsPerMinute";
    /** The number of threads at the end of the window. */
    public static final String THREADS = "threads";
    /** The heap that is used after a garbage collection at the end of the window, in megabytes. */
    public static final String HEAP = "heapMegabytes";
    /** The time from the start of the JVM to the first delivered event, in milliseconds. */
    public static final String FIRST_EVENT = "firstEventMillis";
    /** The share of the machine's CPU time that other processes used. */
    public static final String OTHERS = "othersShare";
    /** With a higher share of other processes, a run counts as disturbed. */
    public static final double MOST_OTHERS = 0.06;

    private static final double MILLION = 1e6;
    private static final double SECONDS_A_MINUTE = 60;

    private Figures() {}

    /** Adds the figures that are ratios of the counts. */
    public static Map<String, Double> of(Map<String, Double> counted, int body) {
        Map<String, Double> figures = new TreeMap<>(counted);
        double events = counted.getOrDefault("events", 0.0);
        double seconds = counted.getOrDefault("seconds", 0.0);
        figures.put(HEAP, counted.getOrDefault("heapBytes", 0.0) / MILLION);
        if (seconds > 0) {
            figures.put(
                    CLIENT_CPU_PER_MINUTE, counted.getOrDefault("clientCpuSeconds", 0.0) * SECONDS_A_MINUTE / seconds);
        }
        if (events > 0 && seconds > 0) {
            figures.put(RATE, events / seconds);
            figures.put(MEGABYTES, events * body / MILLION / seconds);
            figures.put(CLIENT_CPU, counted.getOrDefault("clientCpuSeconds", 0.0) * MILLION / events);
            figures.put(BROKER_CPU, counted.getOrDefault("brokerCpuSeconds", 0.0) * MILLION / events);
            figures.put(ALLOCATED, counted.getOrDefault("allocatedBytes", 0.0) / events);
        }
        return figures;
    }
}
