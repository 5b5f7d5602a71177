// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tests {@code headers.charset} of the source. */
class HeadersCharsetTest {

    @Test
    void acceptsACharsetThatCannotEncode() {
        Map<String, String> parameters = Map.of(
                "kafka.bootstrap.servers", "broker:9092", "kafka.topics", "t", "headers.charset", "x-JISAutoDetect");

        assertThat(SourceSettings.from("r1", parameters)
                        .selectedHeaders()
                        .charset()
                        .canEncode())
                .isFalse();
    }
}
