// SPDX-License-Identifier: Apache-2.0
package io.flafka.docs;

import static io.flafka.docs.GeneratedSection.cell;
import static io.flafka.docs.GeneratedSection.code;

import io.flafka.metrics.Metric;
import java.util.ArrayList;
import java.util.List;

/**
 * The table of docs/metrics.md for one component: every attribute of its MBean.
 *
 * @param kind the kind of component, such as {@code Kafka source}
 * @param metrics the declared attributes
 */
record MetricTables(String kind, List<Metric> metrics) {

    /**
     * Returns the page with this component's section brought up to date.
     *
     * @throws IllegalArgumentException if the page has no section for this component
     */
    String updateIn(String page) {
        return new GeneratedSection(kind).replaceIn(page, markdown());
    }

    String markdown() {
        List<String> lines = new ArrayList<>();
        lines.add("| Attribute | Is a | Meaning |");
        lines.add("|---|---|---|");
        metrics.forEach(metric -> lines.add(
                "| " + code(metric.name()) + " | " + metric.kind().word() + " | " + cell(metric.text()) + " |"));
        return String.join("\n", lines) + "\n";
    }
}
