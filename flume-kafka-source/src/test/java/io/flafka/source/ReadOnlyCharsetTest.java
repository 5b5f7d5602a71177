// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** A source only reads headers, so that their character set need not be one that text can be written in. */
class ReadOnlyCharsetTest {

    @Test
    void isTaken() {
        SourceSettings settings = SourceSettings.from(
                "r1",
                Map.of("kafka.bootstrap.servers", "b:9092", "kafka.topics", "t", "headers.charset", "x-JISAutoDetect"));

        assertThat(settings.selectedHeaders().charset().canEncode()).isFalse();
    }
}
