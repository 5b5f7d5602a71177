// SPDX-License-Identifier: Apache-2.0
package io.flafka.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compares the clusters of two components. */
class TopicAddressTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a:9092        | a:9092            | true
            a:9092,b:9092 | c:1,B:9092        | true
            a:9092        | SSL://a:9092      | true
            a:9092        | a:9093            | false
            a:9092        | b:9092            | false
            """)
    void commonBrokerMeansSameCluster(String one, String other, boolean same) {
        TopicAddress address = TopicAddress.of("t", client(one));

        assertThat(address.isInClusterOf(client(other))).isEqualTo(same);
    }

    @Test
    void noBrokersMatchNothing() {
        ClientSettings none = new ClientSettings(Map.of());

        assertThat(TopicAddress.of("t", none).isInClusterOf(none)).isFalse();
    }

    private static ClientSettings client(String brokers) {
        return new ClientSettings(Map.of("bootstrap.servers", brokers));
    }
}
