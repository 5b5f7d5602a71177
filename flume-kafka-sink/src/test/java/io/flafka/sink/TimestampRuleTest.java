// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The choice of a record's timestamp: null stands for the time of sending. */
class TimestampRuleTest {

    private final TimestampRule route = new TimestampRule(Optional.of("ts"));

    @ParameterizedTest
    @ValueSource(strings = {"0", "1700000000000", " 1700000000000 "})
    void aTimeInMillisecondsIsTheRecords(String given) {
        assertThat(route.timestampOf(Map.of("ts", given))).isEqualTo(Long.parseLong(given.trim()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-1", "1.5", "99999999999999999999"})
    void whatIsNoTimeCostsTheEventItsTimeAndNotItsDelivery(String given) {
        assertThat(route.timestampOf(Map.of("ts", given))).isNull();
    }

    @Test
    void anEventWithoutTheHeaderHasTheTimeOfSending() {
        assertThat(route.timestampOf(Map.of("timestamp", "5"))).isNull();
        assertThat(new TimestampRule(Optional.empty()).timestampOf(Map.of("timestamp", "5")))
                .isNull();
    }
}
