// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks.report;

import java.util.Map;
import java.util.TreeMap;

/** The figures that tables show, made of what a worker counted in its window. */
public final class Figures {
    /** Events a second. */
    public static final String RATE = "eventsPerSecond";
    /** Megabytes of bodies a second. */
    public static final String MEGABYTES = "megabytesPerSecond";
    /** The client's processor seconds for a million events. */
    public static final String CLIENT_CPU = "clientCpuSecondsPerMillion";
    /** The broker's. */
    public static final String BROKER_CPU = "brokerCpuSecondsPerMillion";
    /** Bytes that the client allocated for an event. */
    public static final String ALLOCATED = "allocatedBytesPerEvent";
    /** Half of the calls were not longer, in microseconds. */
    public static final String P50 = "callP50Micros";
    /** 99 of 100 calls were not longer. */
    public static final String P99 = "callP99Micros";
    /** Collections of the client's garbage collector. */
    public static final String COLLECTIONS = "collections";
    /** The time they took, in milliseconds. */
    public static final String COLLECTING = "collectingMillis";
    /** The share of the machine that other processes took. */
    public static final String OTHERS = "othersShare";
    /** Above this a run is disturbed. */
    public static final double MOST_OTHERS = 0.06;

    private static final double MILLION = 1e6;

    private Figures() {}

    /** Adds what is a quotient to what was counted. */
    public static Map<String, Double> of(Map<String, Double> counted, int body) {
        Map<String, Double> figures = new TreeMap<>(counted);
        double events = counted.getOrDefault("events", 0.0);
        double seconds = counted.getOrDefault("seconds", 0.0);
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
