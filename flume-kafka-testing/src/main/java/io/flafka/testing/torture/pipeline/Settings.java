// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture.pipeline;

import io.flafka.testing.torture.check.BodyKind;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a seed chooses for a run.
 *
 * @param commitIntervalMillis the channel's {@code kafka.commitIntervalMillis}
 * @param ordering the channel's {@code ordering}
 * @param consumers the channel's {@code consumers}
 * @param maxInFlightBatches the sink's {@code maxInFlightBatches}
 * @param tolerance {@code errors.tolerance}; with {@code all} there are bad records, and a dead letter topic
 * @param protocol the consumers' {@code group.protocol}
 * @param recordForm how the output's records carry an event
 * @param timeouts how long clients wait
 * @param refusals whether brokers sometimes refuse to write, or to log in
 * @param sizeLimit what refuses huge records, if bad records are skipped
 */
public record Settings(
        int commitIntervalMillis,
        Ordering ordering,
        int consumers,
        int maxInFlightBatches,
        Tolerance tolerance,
        GroupProtocol protocol,
        RecordForm recordForm,
        Timeouts timeouts,
        Refusals refusals,
        SizeLimit sizeLimit) {

    /** The channel's order. */
    public enum Ordering {
        PARTITION,
        NONE
    }

    /** What happens to a bad record. */
    public enum Tolerance {
        NONE,
        ALL
    }

    /** How consumers join their group. */
    public enum GroupProtocol {
        CLASSIC,
        CONSUMER
    }

    /** The form of the output's records. */
    public enum RecordForm {
        AVRO,
        HEADERS
    }

    /** How long Kafka's clients wait. */
    public enum Timeouts {
        DEFAULT,
        SHORT
    }

    /** Whether brokers sometimes refuse agents. */
    public enum Refusals {
        NEVER,
        SOMETIMES
    }

    /** What limits the size of the output's records. */
    public enum SizeLimit {
        /** The sink's {@code max.request.size}. */
        CLIENT,
        /** The topic's {@code max.message.bytes}. */
        TOPIC
    }

    /** Chooses. */
    public static Settings draw(Random random, Components components) {
        Settings drawn = new Settings(
                pick(random, 0, 100),
                pick(random, Ordering.values()),
                pick(random, 1, 2),
                pick(random, 1, 1, 3),
                pick(random, Tolerance.values()),
                pick(random, GroupProtocol.values()),
                pick(random, RecordForm.values()),
                pick(random, Timeouts.values()),
                pick(random, Refusals.values()),
                pick(random, SizeLimit.values()));
        return components == Components.FLAFKA ? drawn : drawn.ofStock();
    }

    // Flume's own components lack the others.
    private Settings ofStock() {
        return new Settings(
                0,
                Ordering.NONE,
                1,
                1,
                Tolerance.NONE,
                GroupProtocol.CLASSIC,
                RecordForm.AVRO,
                timeouts,
                refusals,
                sizeLimit);
    }

    /** Changes what refuses huge records. */
    Settings limiting(SizeLimit other) {
        return new Settings(
                commitIntervalMillis,
                ordering,
                consumers,
                maxInFlightBatches,
                tolerance,
                protocol,
                recordForm,
                timeouts,
                refusals,
                other);
    }

    @SafeVarargs
    private static <T> T pick(Random random, T... values) {
        return values[random.nextInt(values.length)];
    }

    /** Returns the kinds of bodies that the load has. */
    public Set<BodyKind> bodies() {
        return tolerance == Tolerance.ALL
                ? EnumSet.allOf(BodyKind.class)
                : EnumSet.of(BodyKind.EQUAL, BodyKind.UNIQUE, BodyKind.TOMBSTONE);
    }

    /** Returns whether nothing can make a client give a record up, so that the order of a partition is kept. */
    public boolean keepOrder() {
        return ordering == Ordering.PARTITION && timeouts == Timeouts.DEFAULT && refusals == Refusals.NEVER;
    }

    /** Returns the settings of a producer. */
    Map<String, String> producer() {
        return timeouts == Timeouts.DEFAULT
                ? Map.of()
                : Map.of("request.timeout.ms", "5000", "delivery.timeout.ms", "15000", "max.block.ms", "15000");
    }

    /** Returns the settings of a consumer. */
    Map<String, String> consumer() {
        Map<String, String> settings = new TreeMap<>();
        if (protocol == GroupProtocol.CLASSIC) {
            settings.put("session.timeout.ms", "10000");
            settings.put("heartbeat.interval.ms", "1000");
        } else {
            settings.put("group.protocol", "consumer");
        }
        if (timeouts == Timeouts.SHORT) {
            settings.put("request.timeout.ms", "10000");
        }
        return settings;
    }

    /** Returns the properties for bad records. */
    Map<String, String> errors() {
        return tolerance == Tolerance.NONE
                ? Map.of()
                : Map.of("errors.tolerance", "all", "errors.deadletterqueue.topic.name", Topics.DEAD);
    }

    /** Returns the settings in one line. */
    public String text() {
        return List.of(
                        "commitIntervalMillis=" + commitIntervalMillis,
                        "ordering=" + ordering,
                        "consumers=" + consumers,
                        "maxInFlightBatches=" + maxInFlightBatches,
                        "errors.tolerance=" + tolerance,
                        "group.protocol=" + protocol,
                        "records=" + recordForm,
                        "timeouts=" + timeouts,
                        "refusals=" + refusals,
                        "sizeLimit=" + sizeLimit)
                .toString()
                .toLowerCase(Locale.ROOT);
    }
}
