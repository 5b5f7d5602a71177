// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * Whether one measure grew.
 *
 * <p>The first quarter of the run is left out: classes are loaded and compiled, buffers and caches fill. The measure grows
 * if the {@link Trend} of the rest rises, and not by chance, and would rise by more than what is allowed in an hour.
 * Allowed are 5 % of the level, at least 2 MiB, for memory; one for threads; two for descriptors, because Kafka's clients
 * may open a connection at any time. A heap of 256 MB would then last for days; a leak per event, batch, poll or
 * reconnection is far above it.
 *
 * <p>For the live heap only the lowest sample of each minute counts. In the others there are records on their way, whose
 * number depends on the moment; a leak lifts the lowest as well.
 *
 * @param name of the measure
 * @param trend without the first quarter
 * @param allowed the rise per hour that is allowed
 * @param unit in which the measure is shown
 * @param divisor what the measure is divided by to be in that unit
 */
record Growth(String name, Trend trend, double allowed, String unit, double divisor) {
    private static final double MIB = 1024 * 1024;
    private static final double MEMORY_SHARE = 0.05;
    private static final double LEAST_MEMORY = 2 * MIB;
    private static final double THREADS = 1;
    private static final double DESCRIPTORS = 2;

    /** Judges all measures of a run. */
    static List<Growth> of(List<Sample> samples) {
        List<Sample> warm = withoutWarmUp(samples);
        List<Sample> lowest = new ArrayList<>(warm.stream()
                .collect(Collectors.toMap(
                        sample -> sample.at().toMinutes(),
                        sample -> sample,
                        (one, other) -> one.liveHeap() <= other.liveHeap() ? one : other,
                        TreeMap::new))
                .values());
        List<Growth> all = new ArrayList<>();
        all.add(memory("live heap", lowest.size() < 3 ? warm : lowest, Sample::liveHeap));
        all.add(memory("direct memory", warm, Sample::direct));
        all.addAll(ofHandles(samples));
        return all;
    }

    /** Judges threads and file descriptors. */
    static List<Growth> ofHandles(List<Sample> samples) {
        List<Sample> warm = withoutWarmUp(samples);
        return List.of(
                new Growth("threads", trend(warm, Sample::threads), THREADS, "", 1),
                new Growth("file descriptors", trend(warm, Sample::descriptors), DESCRIPTORS, "", 1));
    }

    private static List<Sample> withoutWarmUp(List<Sample> samples) {
        return samples.subList(samples.size() / 4, samples.size());
    }

    private static Growth memory(String name, List<Sample> samples, ToLongFunction<Sample> measure) {
        Trend trend = trend(samples, measure);
        return new Growth(name, trend, Math.max(LEAST_MEMORY, MEMORY_SHARE * trend.level()), " MiB", MIB);
    }

    private static Trend trend(List<Sample> samples, ToLongFunction<Sample> measure) {
        return Trend.of(samples.stream()
                .map(sample -> new Trend.Point(sample.at().toMillis() / 1000.0, measure.applyAsLong(sample)))
                .toList());
    }

    boolean isGrowing() {
        return trend.risesByMoreThan(allowed);
    }

    @Override
    public String toString() {
        String judgement = "does not grow";
        if (isGrowing()) {
            judgement = "GROWS";
        } else if (!trend.canTell(allowed)) {
            judgement = "does not grow as far as this run can tell";
        }
        return String.format(
                Locale.ROOT,
                "%-17s %s: level %.2f%s, slope %+.2f%s per hour (between %+.2f and %+.2f), allowed %.2f",
                name,
                judgement,
                trend.level() / divisor,
                unit,
                trend.perHour() / divisor,
                unit,
                trend.lowest() / divisor,
                trend.highest() / divisor,
                allowed / divisor);
    }
}
