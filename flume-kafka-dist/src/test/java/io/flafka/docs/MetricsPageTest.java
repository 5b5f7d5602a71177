// SPDX-License-Identifier: Apache-2.0
package io.flafka.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.channel.metrics.ChannelMetrics;
import io.flafka.metrics.Metric;
import io.flafka.sink.SinkMetrics;
import io.flafka.source.SourceMetrics;
import io.flafka.testing.GeneratedPage;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The tables in docs/metrics.md say the same as the declared attributes. With {@code -Dflafka.docs.write=true} the tests write them instead. */
class MetricsPageTest {

    static Stream<Named<MetricTables>> components() {
        return Stream.of(
                        new MetricTables(
                                "Kafka source", new SourceMetrics("r1").group().declarations()),
                        new MetricTables(
                                "Kafka sink", new SinkMetrics("k1").group().declarations()),
                        new MetricTables(
                                "Kafka channel",
                                new ChannelMetrics("c1").group().declarations()))
                .map(table -> Named.of(table.kind(), table));
    }

    @ParameterizedTest
    @MethodSource("components")
    void pageIsUpToDate(MetricTables component) {
        GeneratedPage.named("metrics.md").assertIs(component::updateIn);
    }

    @Test
    void listsEveryAttribute() {
        MetricTables table = new MetricTables(
                "Kafka tester",
                List.of(
                        new Metric("EventCount", Metric.Kind.COUNT, "events, a|b"),
                        new Metric("State", Metric.Kind.TEXT, "what it does")));

        assertThat(table.markdown()).isEqualTo("""
                | Attribute | Is a | Meaning |
                |---|---|---|
                | `EventCount` | count | events, a\\|b |
                | `State` | text | what it does |
                """);
    }
}
