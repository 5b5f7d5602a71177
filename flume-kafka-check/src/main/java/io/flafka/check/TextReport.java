// SPDX-License-Identifier: Apache-2.0
package io.flafka.check;

import io.flafka.check.rule.Finding;
import io.flafka.check.rule.Severity;
import java.util.List;

/**
 * The findings as text, one per line, in the form of compilers: file, line, severity, text. Editors can jump to the line.
 *
 * @param file the file's name as the operator has written it
 * @param isColoured whether severities have a colour
 */
record TextReport(String file, boolean isColoured) {

    private static final String RED = "\u001b[31m";
    private static final String YELLOW = "\u001b[33m";
    private static final String NORMAL = "\u001b[0m";

    String of(List<Finding> findings) {
        StringBuilder text = new StringBuilder();
        for (Finding finding : findings) {
            text.append(file);
            if (finding.line() > 0) {
                text.append(':').append(finding.line());
            }
            text.append(": ")
                    .append(coloured(finding.severity()))
                    .append(": ")
                    .append(finding.text())
                    .append('\n');
        }
        return text.append(file)
                .append(": ")
                .append(summary(findings))
                .append('\n')
                .toString();
    }

    private String coloured(Severity severity) {
        if (!isColoured) {
            return severity.toString();
        }
        return switch (severity) {
            case ERROR -> RED + severity + NORMAL;
            case WARNING -> YELLOW + severity + NORMAL;
            case NOTE -> severity.toString();
        };
    }

    private static String summary(List<Finding> findings) {
        return counted(count(Severity.ERROR, findings), "error") + ", "
                + counted(count(Severity.WARNING, findings), "warning");
    }

    private static long count(Severity severity, List<Finding> findings) {
        return findings.stream()
                .filter(finding -> finding.severity() == severity)
                .count();
    }

    private static String counted(long count, String what) {
        return (count == 0 ? "no" : count) + " " + what + (count == 1 ? "" : "s");
    }
}
