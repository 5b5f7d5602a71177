// SPDX-License-Identifier: Apache-2.0
package io.flafka.consume.offsets;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The values of {@code auto.offset.reset}. */
class PartitionPlaceTest {

    @ParameterizedTest
    @ValueSource(strings = {"earliest", "latest", "none", "by_duration:PT36H"})
    void isShownAsInTheAgentFile(String value) {
        assertThat(PartitionPlace.parse(value)).hasToString(value);
    }

    @Test
    void parsesEachValue() {
        assertThat(PartitionPlace.parse("earliest")).isEqualTo(PartitionPlace.Fixed.EARLIEST);
        assertThat(PartitionPlace.parse("latest")).isEqualTo(PartitionPlace.Fixed.LATEST);
        assertThat(PartitionPlace.parse("none")).isEqualTo(PartitionPlace.Fixed.NONE);
        assertThat(PartitionPlace.parse("by_duration:P1D"))
                .isEqualTo(new PartitionPlace.ByDuration(Duration.ofDays(1)));
    }
}
