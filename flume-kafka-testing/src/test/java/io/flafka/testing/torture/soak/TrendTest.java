// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The slope and its bounds. */
class TrendTest {

    @Test
    void findsTheSlopeOfALineWithOneOutlier() {
        Trend trend = Trend.of(points(10, 12, 14, 16, 90, 20, 22, 24, 26, 28));

        assertThat(trend.perHour()).isCloseTo(2 * 3600.0, within(1e-6));
        assertThat(trend.level()).isEqualTo(22);
        assertThat(trend.risesByMoreThan(7000)).isTrue();
        assertThat(trend.risesByMoreThan(7300)).isFalse();
    }

    @Test
    void doesNotTakeChanceForARise() {
        Trend trend = Trend.of(points(10, 14, 9, 15, 10, 13));

        assertThat(trend.perHour()).isPositive();
        assertThat(trend.risesByMoreThan(1)).isFalse();
        assertThat(trend.canTell(1)).isFalse();
    }

    @Test
    void needsThreePoints() {
        assertThatThrownBy(() -> Trend.of(points(1, 2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A trend needs three measurements, but there are 2");
    }

    private static List<Trend.Point> points(double... values) {
        return IntStream.range(0, values.length)
                .mapToObj(second -> new Trend.Point(second, values[second]))
                .toList();
    }
}
