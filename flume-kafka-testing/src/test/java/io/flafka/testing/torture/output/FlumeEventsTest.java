// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture.output;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** How headers are found in a record. */
class FlumeEventsTest {

    @Test
    void readsHeaders() {
        byte[] event = {4, 4, 'i', 'd', 6, 'k', '-', '1', 2, 'p', 2, '0', 0, 2, 'x'};

        assertThat(FlumeEvents.headers(event)).isEqualTo(Map.of("id", "k-1", "p", "0"));
    }

    @Test
    void findsNoHeadersInWhatIsNotAnEvent() {
        assertThat(FlumeEvents.headers("no event".getBytes(UTF_8))).isEmpty();
    }
}
