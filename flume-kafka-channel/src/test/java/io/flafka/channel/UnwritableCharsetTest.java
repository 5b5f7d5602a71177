// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.apache.flume.conf.ConfigurationException;
import org.junit.jupiter.api.Test;

/** A channel writes the headers of its events, so their character set must be one that text can be written in. */
class UnwritableCharsetTest {

    @Test
    void isRefused() {
        Map<String, String> parameters = Map.of("kafka.bootstrap.servers", "b:9092", "headers.charset", "ISO-2022-CN");

        assertThatThrownBy(() -> ChannelSettings.from("c1", parameters))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(
                        """
                        Kafka channel c1: 1 problem in its configuration
                         - headers.charset = ISO-2022-CN must be a character set that text can be written in: this one can only be read""");
    }
}
