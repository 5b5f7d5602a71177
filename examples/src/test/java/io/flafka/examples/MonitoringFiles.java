// SPDX-License-Identifier: Apache-2.0
package io.flafka.examples;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The files of the example {@code monitoring}: the exporter's rules, the alerts and the dashboard. */
final class MonitoringFiles {
    private static final Path FOLDER = Path.of(System.getProperty("examples.directory", ""), "monitoring");
    private static final Pattern METRIC = Pattern.compile("\\b(?:flume|jvm)_[a-z]\\w+");
    private static final Pattern SEVERAL_METRICS = Pattern.compile("\\bflume_\\(([\\w|]+)\\)(_\\w+)");
    private static final Pattern ALERT = Pattern.compile("^ *- alert: (\\w+)$", Pattern.MULTILINE);
    private static final Pattern MINUTES = Pattern.compile("\\b(\\d+)m\\b");
    private static final Pattern LAG_SECONDS = Pattern.compile("(_lag_seconds\"} > )(\\d+)");
    private static final int TIMES_FASTER = 60;

    private MonitoringFiles() {}

    static Path exporterRules() {
        return FOLDER.resolve("jmx-exporter.yaml");
    }

    /** Returns the file with which {@code promtool} tests the alerts. */
    static Path alertsTest() {
        return FOLDER.resolve("alerts-test.yml");
    }

    /** Returns the names of all metrics that alerts and dashboard use. */
    static Set<String> metrics() {
        Stream<String> used = Stream.concat(Stream.of(alerts()), dashboardQueries().stream());
        return used.map(text -> SEVERAL_METRICS.matcher(text).replaceAll(MonitoringFiles::each))
                .flatMap(text -> METRIC.matcher(text).results())
                .map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Returns {@code flume_source_x flume_sink_x} for {@code flume_(source|sink)_x}. */
    private static String each(MatchResult several) {
        return Stream.of(several.group(1).split("\\|", -1))
                .map(kind -> "flume_" + kind + several.group(2))
                .collect(Collectors.joining(" "));
    }

    static Set<String> alertNames() {
        return ALERT.matcher(alerts())
                .results()
                .map(alert -> alert.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Returns the alerts with a second in place of each minute, also in the limit of a lag, so that a test need not wait for minutes. */
    static String fasterAlerts() {
        String faster = MINUTES.matcher(alerts()).replaceAll("$1s");
        return LAG_SECONDS
                .matcher(faster)
                .replaceAll(limit -> limit.group(1) + Integer.parseInt(limit.group(2)) / TIMES_FASTER);
    }

    /** Returns the queries of the dashboard's panels, as the dashboard has them. */
    static List<String> dashboardQueries() {
        try {
            JsonNode dashboard = new ObjectMapper().readTree(read("dashboard.json"));
            return dashboard.get("panels").findValuesAsText("expr");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String alerts() {
        return read("alerts.yml");
    }

    private static String read(String file) {
        try {
            return Files.readString(FOLDER.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
