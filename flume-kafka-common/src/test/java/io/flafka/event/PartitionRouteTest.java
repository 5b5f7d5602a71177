// SPDX-License-Identifier: Apache-2.0
package io.flafka.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The choice of a partition, by header or default. */
class PartitionRouteTest {

    private final PartitionRoute route = new PartitionRoute(Optional.of("p"), OptionalInt.of(3));

    @Test
    void theHeaderWinsOverTheDefault() {
        assertThat(route.partitionOf(Map.of("p", "2"))).isEqualTo(2);
    }

    @Test
    void eventsWithoutTheHeaderGoToTheDefault() {
        assertThat(route.partitionOf(Map.of())).isEqualTo(3);
    }

    @Test
    void withoutARuleKafkaChooses() {
        assertThat(new PartitionRoute(Optional.empty(), OptionalInt.empty()).partitionOf(Map.of("p", "2")))
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"two", "-1", "", "1.5", "99999999999"})
    void aHeaderThatIsNoPartitionNumberIsRefused(String header) {
        assertThatThrownBy(() -> route.partitionOf(Map.of("p", header)))
                .isInstanceOf(UnwritableEventException.class)
                .hasMessage("event header 'p' (partitionIdHeader) is '" + header
                        + "', which is no partition number: it must be 0 or more");
    }
}
