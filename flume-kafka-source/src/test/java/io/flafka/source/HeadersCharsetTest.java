// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** The character set of headers that this component reads. */
class HeadersCharsetTest {

    @Test
    void takesOneThatCanOnlyBeRead() {
        Map<String, String> parameters = Map.of(
                "kafka.bootstrap.servers", "broker:9092", "kafka.topics", "t", "headers.charset", "x-JISAutoDetect");

        assertThat(SourceSettings.from("r1", parameters)
                        .selectedHeaders()
                        .charset()
                        .canEncode())
                .isFalse();
    }
}
