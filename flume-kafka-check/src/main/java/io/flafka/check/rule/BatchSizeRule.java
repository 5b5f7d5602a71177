// SPDX-License-Identifier: Apache-2.0
package io.flafka.check.rule;

import io.flafka.check.agent.Agent;
import io.flafka.check.agent.Component;
import io.flafka.check.agent.ComponentKind;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * Batches that are larger than a transaction of their channel. Flume refuses such a source or sink only if it tells its batch size; otherwise each batch fails
 * when it runs.
 */
final class BatchSizeRule implements Rule {

    private static final String TRANSACTION_CAPACITY = "transactionCapacity";
    private static final String CAPACITY = "capacity";
    private static final List<String> SOURCE_NAMES = List.of("batchSize", "maxBatchSize");
    private static final List<String> SINK_NAMES = List.of(
            "flumeBatchSize",
            "batchSize",
            "kafka.flumeBatchSize",
            "kafka.batchSize",
            "hdfs.batchSize",
            "sink.batchSize",
            "batch-size");
    /** The transaction capacities of Flume's channels that have a default, by type in lower case. */
    private static final Map<String, Integer> DEFAULTS = Map.of(
            "memory", 100,
            "org.apache.flume.channel.memorychannel", 100,
            "file", 10_000,
            "org.apache.flume.channel.file.filechannel", 10_000);

    private static final int DEFAULT_SOURCE_BATCH = 1000;
    private static final int MEMORY_CAPACITY = 100;

    @Override
    public Stream<Finding> check(Agent agent) {
        return agent.components().stream()
                .flatMap(component -> component.kind() == ComponentKind.CHANNEL
                        ? channel(component)
                        : component.channels().stream()
                                .flatMap(name -> agent.channel(name).stream())
                                .flatMap(channel -> tooLarge(component, channel).stream()));
    }

    private static Optional<Finding> tooLarge(Component component, Component channel) {
        Optional<String> given = component.firstGiven(
                (component.kind() == ComponentKind.SOURCE ? SOURCE_NAMES : SINK_NAMES).toArray(String[]::new));
        OptionalInt batch = given.isPresent()
                ? number(component.value(given.get()))
                : KafkaComponent.SOURCE.is(component) ? OptionalInt.of(DEFAULT_SOURCE_BATCH) : OptionalInt.empty();
        OptionalInt capacity = capacity(channel);
        if (batch.isEmpty() || capacity.isEmpty() || batch.getAsInt() <= capacity.getAsInt()) {
            return Optional.empty();
        }
        String name = given.orElse(SOURCE_NAMES.get(0));
        return Optional.of(Finding.error(
                component.lineOf(name),
                component.prefix() + name + " = " + batch.getAsInt() + (given.isPresent() ? "" : " (the default)")
                        + " is more than " + channel.prefix() + TRANSACTION_CAPACITY + " = " + capacity.getAsInt()
                        + (channel.value(TRANSACTION_CAPACITY).isPresent() ? "" : " (the default)")
                        + ": Flume refuses such a " + component.kind() + ", or each larger batch fails; raise "
                        + channel.prefix() + TRANSACTION_CAPACITY));
    }

    private static Stream<Finding> channel(Component channel) {
        OptionalInt transaction = capacity(channel);
        OptionalInt total = channel.value(CAPACITY).isPresent()
                ? number(channel.value(CAPACITY))
                : isMemory(channel) ? OptionalInt.of(MEMORY_CAPACITY) : OptionalInt.empty();
        return isMemory(channel)
                        && transaction.isPresent()
                        && total.isPresent()
                        && transaction.getAsInt() > total.getAsInt()
                ? Stream.of(Finding.error(
                        channel.lineOf(TRANSACTION_CAPACITY),
                        channel.prefix() + TRANSACTION_CAPACITY + " = " + transaction.getAsInt() + " is more than "
                                + channel.prefix() + CAPACITY + " = " + total.getAsInt()
                                + (channel.value(CAPACITY).isPresent() ? "" : " (the default)")
                                + ": Flume does not start such a channel; raise " + channel.prefix() + CAPACITY))
                : Stream.empty();
    }

    private static boolean isMemory(Component channel) {
        return DEFAULTS.getOrDefault(channel.type().toLowerCase(Locale.ROOT), 0) == MEMORY_CAPACITY;
    }

    private static OptionalInt capacity(Component channel) {
        if (channel.value(TRANSACTION_CAPACITY).isPresent()) {
            return number(channel.value(TRANSACTION_CAPACITY));
        }
        Integer byDefault = DEFAULTS.get(channel.type().toLowerCase(Locale.ROOT));
        return byDefault == null ? OptionalInt.empty() : OptionalInt.of(byDefault);
    }

    private static OptionalInt number(Optional<String> text) {
        try {
            return text.map(Integer::valueOf).map(OptionalInt::of).orElse(OptionalInt.empty());
        } catch (NumberFormatException reportedElsewhere) {
            return OptionalInt.empty();
        }
    }
}
