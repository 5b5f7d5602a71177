// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.apache.flume.conf.ConfigurationException;
import org.junit.jupiter.api.Test;

/** The character set of headers that this component writes. */
class HeadersCharsetTest {

    @Test
    void refusesOneThatCanOnlyBeRead() {
        Map<String, String> parameters =
                Map.of("kafka.bootstrap.servers", "broker:9092", "headers.charset", "ISO-2022-CN");

        assertThatThrownBy(() -> ChannelSettings.from("c1", parameters))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("""
                        Kafka channel c1: 1 problem in its configuration
                         - headers.charset = 'ISO-2022-CN' must be a character set that can be written; this one can only be read""");
    }
}
