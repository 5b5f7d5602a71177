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

/** The partition of an event: from its header, or the default. */
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
    void kafkaChoosesIfNothingIsConfigured() {
        assertThat(new PartitionRoute(Optional.empty(), OptionalInt.empty()).partitionOf(Map.of("p", "2")))
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"two", "-1", "", "1.5", "99999999999"})
    void rejectsAHeaderThatIsNotAPartitionNumber(String header) {
        assertThatThrownBy(() -> route.partitionOf(Map.of("p", header)))
                .isInstanceOf(UnwritableEventException.class)
                .hasMessage("event header 'p' (partitionIdHeader) is '" + header
                        + "', which is not a partition number: it must be an integer of at least 0");
    }
}
