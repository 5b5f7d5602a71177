// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks.run;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Kafka clients log about themselves at their start: what they are really set to, whoever set it. */
final class ClientSettingsLog {
    private static final Pattern BEGINNING = Pattern.compile(".*\\b(Producer|Consumer)Config values:\\s*");
    private static final Pattern SETTING = Pattern.compile("\t([a-z._0-9]+) = (.*)");
    /** Those that make a difference here; the rest are the client's defaults or names. */
    private static final Set<String> TOLD = Set.of(
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
            "send.buffer.bytes");

    private ClientSettingsLog() {}

    /** By {@code producer} and {@code consumer}, the last of each; then by name. */
    static Map<String, Map<String, String>> in(String log) {
        Map<String, Map<String, String>> clients = new TreeMap<>();
        String client = "";
        for (String line : log.lines().toList()) {
            Matcher beginning = BEGINNING.matcher(line);
            Matcher setting = SETTING.matcher(line);
            if (beginning.matches()) {
                client = "Producer".equals(beginning.group(1)) ? "producer" : "consumer";
                clients.put(client, new TreeMap<>());
            } else if (setting.matches() && TOLD.contains(setting.group(1))) {
                clients.getOrDefault(client, new TreeMap<>()).put(setting.group(1), setting.group(2));
            }
        }
        return clients;
    }
}
