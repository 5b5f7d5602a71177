// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A Markdown table. Rows appear in the order in which they are added. For one thread. */
final class MarkdownTable {
    private final List<String> lines = new ArrayList<>();

    MarkdownTable(String... columns) {
        row(columns);
        row(Collections.nCopies(columns.length, "---").toArray(new String[0]));
    }

    void row(String... cells) {
        lines.add("| " + String.join(" | ", cells) + " |");
    }

    /** Returns the table. Empty if it has no rows. */
    String text() {
        return lines.size() == 2 ? "" : String.join("\n", lines) + "\n";
    }
}
