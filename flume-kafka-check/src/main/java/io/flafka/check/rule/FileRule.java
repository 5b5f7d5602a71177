// SPDX-License-Identifier: Apache-2.0
package io.flafka.check.rule;

import io.flafka.check.agent.Agent;
import io.flafka.check.agent.AgentFile;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Mistakes in the file itself, whatever its agents are. Stateless. */
final class FileRule {

    private static final String BYTE_ORDER_MARK =
            "the file begins with a byte order mark, which Flume reads as a part of the first name: save it as UTF-8 without one";

    private FileRule() {}

    static Stream<Finding> check(AgentFile file, List<Agent> agents) {
        return Stream.of(byteOrderMark(file), unreadable(file), duplicates(file, agents))
                .flatMap(findings -> findings);
    }

    private static Stream<Finding> byteOrderMark(AgentFile file) {
        return file.lines().stream()
                .limit(1)
                .filter(line -> line.indexOf(AgentFile.BYTE_ORDER_MARK) == 0)
                .map(line -> isComment(line.substring(1))
                        ? Finding.warning(1, BYTE_ORDER_MARK)
                        : Finding.error(1, BYTE_ORDER_MARK));
    }

    /** Then the mark only hides a comment, which Flume reads as a property that it does not know. */
    private static boolean isComment(String line) {
        return line.isBlank()
                || line.stripLeading().startsWith("#")
                || line.stripLeading().startsWith("!");
    }

    private static Stream<Finding> unreadable(AgentFile file) {
        return file.unreadable().stream()
                .map(
                        line -> Finding.error(
                                line,
                                "\\u must be followed by four hexadecimal digits: Flume reads nothing of a file with such a line; write \\\\ for a backslash"));
    }

    /** Two lines with different values are a mistake: Flume takes the last one and does not say so. */
    private static Stream<Finding> duplicates(AgentFile file, List<Agent> agents) {
        Map<String, AgentFile.Entry> seen = new HashMap<>();
        Stream<AgentFile.Entry> entries = file.entries().stream()
                .filter(entry -> agents.stream().anyMatch(agent -> entry.name().startsWith(agent.name() + ".")));
        return entries.flatMap(entry -> {
            AgentFile.Entry earlier = seen.put(entry.name(), entry);
            return earlier == null || earlier.value().equals(entry.value())
                    ? Stream.empty()
                    : Stream.of(Finding.warning(
                            entry.line(),
                            entry.name() + " is also in line " + earlier.line()
                                    + ", with another value: Flume takes the last one; remove one of them"));
        });
    }
}
