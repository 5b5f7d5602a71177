// SPDX-License-Identifier: Apache-2.0
package io.flafka.check.rule;

import io.flafka.check.agent.Agent;
import io.flafka.client.SmallHeapDefaults;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The heap that {@code flume-ng} gives the agent: {@code -Xmx} in {@code JAVA_OPTS} of {@code flume-env.sh}, or else 20 MB.
 *
 * @param environment the file {@code flume-env.sh}; it may be missing
 */
record HeapRule(Path environment) implements Rule {

    private static final long DEFAULT = 20L << 20;
    private static final Pattern MAXIMUM = Pattern.compile("-Xmx(\\d{1,12})([kKmMgGtT]?)");

    @Override
    public Stream<Finding> check(Agent agent) {
        boolean usesKafka = agent.components().stream()
                .anyMatch(component -> KafkaComponent.of(component).isPresent());
        Optional<Long> set = maximum();
        long heap = set.orElse(DEFAULT);
        return usesKafka && heap < SmallHeapDefaults.NORMAL
                ? Stream.of(Finding.warning(
                        0,
                        "the agent's heap is " + (heap >> 20) + " MB ("
                                + (set.isPresent()
                                        ? "JAVA_OPTS in "
                                        : "the default of flume-ng, because no JAVA_OPTS with -Xmx is in ")
                                + environment + "): Kafka's buffers are made smaller to fit, which costs speed; write"
                                + " JAVA_OPTS=\"-Xmx256m\" or more there"))
                : Stream.empty();
    }

    /** Returns the last maximum in a line that is not a comment, as the shell and the JVM take the last. */
    private Optional<Long> maximum() {
        try (Stream<String> lines = Files.lines(environment, StandardCharsets.ISO_8859_1)) {
            return lines.filter(line -> !line.stripLeading().startsWith("#"))
                    .flatMap(line -> MAXIMUM.matcher(line).results())
                    .reduce((first, last) -> last)
                    .map(HeapRule::bytes);
        } catch (IOException missing) {
            return Optional.empty();
        }
    }

    private static long bytes(MatchResult maximum) {
        long number = Long.parseLong(maximum.group(1));
        return switch (maximum.group(2).toLowerCase(Locale.ROOT)) {
            case "k" -> number << 10;
            case "m" -> number << 20;
            case "g" -> number << 30;
            case "t" -> number << 40;
            default -> number;
        };
    }
}
