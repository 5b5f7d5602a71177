// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.apache.flume.conf.ConfigurationException;
import org.junit.jupiter.api.Test;

/** The check of the character set for headers that the sink writes. */
class HeadersCharsetTest {

    @Test
    void rejectsCharsetThatCannotEncode() {
        Map<String, String> parameters =
                Map.of("kafka.bootstrap.servers", "broker:9092", "headers.charset", "x-JISAutoDetect");

        assertThatThrownBy(() -> SinkSettings.from("k1", parameters))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("""
                        Kafka sink k1: 1 problem in its configuration
                         - headers.charset = 'x-JISAutoDetect' must be a character set that can be written; this one can only be read""");
    }
}
