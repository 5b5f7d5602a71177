// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks.report;

import io.flafka.benchmarks.run.Contender;
import io.flafka.benchmarks.run.Scenario;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.style.Styler.LegendPosition;

/** Draws bar charts with XChart: one chart per family of scenarios, one bar per contender. */
public final class Plots {
    private static final int WIDTH = 1100;
    private static final int HEIGHT = 480;
    private static final int LABEL_ROTATION = 20;
    private static final double MILLIS = 1000;

    private final Report report;
    private final Results results;

    /** Draws the charts of one report. */
    public Plots(Report report) {
        this.report = report;
        this.results = new Results(report);
    }

    /**
     * Writes the charts as SVG files.
     *
     * @param base the path that all file names start with
     */
    public List<Path> write(Path base) throws IOException {
        List<Path> files = new ArrayList<>();
        for (Map.Entry<String, List<Scenario>> family : families().entrySet()) {
            boolean latency = family.getValue().get(0).isLatency();
            CategoryChart chart = latency
                    ? chart(family, "milliseconds, median", Figures.P50, MILLIS)
                    : chart(family, "events per second", Figures.RATE, 1);
            if (!chart.getSeriesMap().isEmpty()) {
                Path file = base.resolveSibling(base.getFileName() + "-" + family.getKey() + ".svg");
                VectorGraphicsEncoder.saveVectorGraphic(chart, file.toString(), VectorGraphicsFormat.SVG);
                files.add(file);
            }
        }
        return files;
    }

    private Map<String, List<Scenario>> families() {
        return report.scenarios().stream()
                .collect(Collectors.groupingBy(
                        scenario -> scenario.name().replaceFirst("-.*", ""), LinkedHashMap::new, Collectors.toList()));
    }

    private CategoryChart chart(Map.Entry<String, List<Scenario>> family, String unit, String figure, double divisor) {
        CategoryChart chart = new CategoryChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(family.getKey() + ", " + report.commit() + ", " + report.date())
                .yAxisTitle(unit)
                .build();
        chart.getStyler().setLegendPosition(LegendPosition.OutsideE);
        chart.getStyler().setXAxisLabelRotation(LABEL_ROTATION);
        List<String> names = family.getValue().stream().map(Scenario::name).toList();
        for (Contender contender : report.contenders()) {
            List<Summary> summaries = family.getValue().stream()
                    .map(scenario -> results.of(scenario, contender.name(), figure))
                    .toList();
            if (!contender.isStub() && summaries.stream().anyMatch(Summary::isPresent)) {
                chart.addSeries(
                        contender.name(),
                        names,
                        summaries.stream()
                                .map(summary -> height(summary, divisor))
                                .toList(),
                        summaries.stream()
                                .map(summary -> height(summary, divisor) * halfSpread(summary))
                                .toList());
            }
        }
        return chart;
    }

    private static double height(Summary summary, double divisor) {
        return summary.isPresent() ? summary.median() / divisor : 0;
    }

    private static double halfSpread(Summary summary) {
        return summary.isPresent() ? summary.spread() / 2 : 0;
    }
}
