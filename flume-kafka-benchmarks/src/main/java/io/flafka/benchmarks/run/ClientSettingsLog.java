// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks.run;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the settings that Kafka clients log at their start: the effective ones, wherever they were set. */
final class ClientSettingsLog {
    private static final Pattern BEGINNING = Pattern.compile(".*\\b(Producer|Consumer)Config values:\\s*");
    private static final Pattern SETTING = Pattern.compile("\t([a-z._0-9]+) = (.*)");
    /** The settings that matter here. The others are defaults or names. */
    private static final Set<String> REPORTED = Set.of(
            "acks",
            "batch.size",
            "buffer.memory",
            "compression.type",
            "enable.auto.commit",
            "enable.idempotence",
            "fetch.max.bytes",
            "fetch.max.wait.ms",
            "fetch.min.bytes",
            "group.protocol",
            "isolation.level",
            "linger.ms",
            "max.in.flight.requests.per.connection",
            "max.partition.fetch.bytes",
            "max.poll.records",
            "partition.assignment.strategy",
            "receive.buffer.bytes",
            "send.buffer.bytes",
            "transactional.id");

    private ClientSettingsLog() {}

    /**
     * Returns the settings of the last client of each kind, by {@code producer} and {@code consumer}, then by name.
     */
    static Map<String, Map<String, String>> in(String log) {
        Map<String, Map<String, String>> clients = new TreeMap<>();
        String client = "";
        for (String line : log.lines().toList()) {
            Matcher beginning = BEGINNING.matcher(line);
            Matcher setting = SETTING.matcher(line);
            if (beginning.matches()) {
                client = "Producer".equals(beginning.group(1)) ? "producer" : "consumer";
                clients.put(client, new TreeMap<>());
            } else if (setting.matches() && REPORTED.contains(setting.group(1))) {
                clients.getOrDefault(client, new TreeMap<>()).put(setting.group(1), setting.group(2));
            }
        }
        return clients;
    }
}
