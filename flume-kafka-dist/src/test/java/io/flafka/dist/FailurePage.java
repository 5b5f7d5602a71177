// SPDX-License-Identifier: Apache-2.0
package io.flafka.dist;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The parts of docs/security.md about failures of access.
 *
 * @param text the page
 */
record FailurePage(String text) {

    private static final Pattern ADDRESS = Pattern.compile("127\\.0\\.0\\.1:\\d+");
    private static final Pattern TOKEN_URL = Pattern.compile("http://127\\.0\\.0\\.1:\\d+/token");
    private static final Pattern TOPIC = Pattern.compile("topic-[0-9a-f]+");
    private static final Pattern DENIED = Pattern.compile("denied-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Pattern BLOCK = Pattern.compile("```xml\\n(.*?)```", Pattern.DOTALL);

    /** Returns the page with the table of these failures, in which the names of one test run are replaced. */
    FailurePage with(List<AccessFailure> failures, Path directory) {
        String table = failures.stream()
                .map(failure -> "| %s | %s: %s | %s |%n"
                        .formatted(
                                failure.title(),
                                failure.component(),
                                readable(failure.words(), directory),
                                failure.recovery().words()))
                .collect(Collectors.joining("", """

                        | Failure | What the log says | Works again after the cause is mended |
                        |---|---|---|
                        """, "\n"));
        String begin = marker("begin", "failures");
        String end = marker("end", "failures");
        return new FailurePage(
                text.substring(0, text.indexOf(begin) + begin.length()) + table + text.substring(text.indexOf(end)));
    }

    /** Returns the loggers that keep Kafka's clients quiet. */
    String quietLoggers() {
        String part = text.substring(text.indexOf(marker("begin", "quiet")), text.indexOf(marker("end", "quiet")));
        return BLOCK.matcher(part)
                .results()
                .map(block -> block.group(1))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no loggers in " + part));
    }

    private static String marker(String edge, String part) {
        return "<!-- %s: %s -->%s".formatted(edge, part, edge.equals("begin") ? "\n" : "");
    }

    private static String readable(String words, Path directory) {
        String named = words.replace(directory.toString(), "/etc/flume");
        named = TOKEN_URL.matcher(named).replaceAll("https://login.example.com/token");
        named = ADDRESS.matcher(named).replaceAll("broker:9093");
        named = TOPIC.matcher(named).replaceAll("orders");
        return DENIED.matcher(named).replaceAll("nightly").replace("|", "\\|");
    }
}
