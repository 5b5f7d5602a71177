// SPDX-License-Identifier: Apache-2.0
package io.flafka.consume.offsets;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The values of {@code auto.offset.reset}. */
class OffsetResetTest {

    @ParameterizedTest
    @ValueSource(strings = {"earliest", "latest", "none", "by_duration:PT36H"})
    void isShownAsInTheAgentFile(String value) {
        assertThat(OffsetReset.parse(value)).hasToString(value);
    }

    @Test
    void parsesEachValue() {
        assertThat(OffsetReset.parse("earliest")).isEqualTo(OffsetReset.Fixed.EARLIEST);
        assertThat(OffsetReset.parse("latest")).isEqualTo(OffsetReset.Fixed.LATEST);
        assertThat(OffsetReset.parse("none")).isEqualTo(OffsetReset.Fixed.NONE);
        assertThat(OffsetReset.parse("by_duration:P1D")).isEqualTo(new OffsetReset.ByDuration(Duration.ofDays(1)));
    }
}
