// SPDX-License-Identifier: Apache-2.0
package io.flafka.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The registrations of brokers of Kafka 0.8 to 3.9. */
class ZooKeeperBrokerTest {

    private static final String OF_0_8 =
            "{\"jmx_port\":-1,\"timestamp\":\"1420070400000\",\"host\":\"b1\",\"version\":1,\"port\":9092}";

    private static final String OF_0_9 = "{\"jmx_port\":-1,\"timestamp\":\"1\",\"endpoints\":[\"PLAINTEXT://b1:9092\","
            + "\"SSL://[::1]:9093\"],\"host\":\"b1\",\"version\":2,\"port\":9092}";

    private static final String OF_2_8 =
            "{\"features\":{},\"listener_security_protocol_map\":{\"INTERNAL\":\"PLAINTEXT\","
                    + "\"CLIENT\":\"SASL_SSL\",\"SASL_SSL\":\"SASL_SSL\",\"WEST\":\"SSL\",\"EAST\":\"SSL\"},\"endpoints\":["
                    + "\"INTERNAL://b1:9092\",\"CLIENT://b1:9093\",\"SASL_SSL://b1:9094\",\"WEST://b1:9095\",\"EAST://b1:9096\"],"
                    + "\"jmx_port\":-1,\"port\":-1,\"host\":null,\"version\":5,\"timestamp\":\"1\"}";

    @Test
    void version1HasOnePort() throws Exception {
        ZooKeeperBroker broker = ZooKeeperBroker.parse(OF_0_8);

        assertThat(broker.addresses("PLAINTEXT")).containsExactly("b1:9092");
        assertThat(broker.addresses("SSL")).isEmpty();
    }

    @Test
    void version2HasAListenerPerProtocol() throws Exception {
        ZooKeeperBroker broker = ZooKeeperBroker.parse(OF_0_9);

        assertThat(broker.addresses("PLAINTEXT")).containsExactly("b1:9092");
        assertThat(broker.addresses("SSL")).containsExactly("[::1]:9093");
    }

    @ParameterizedTest
    @CsvSource({"PLAINTEXT,b1:9092", "SASL_SSL,b1:9094", "SSL,'b1:9095,b1:9096'", "SASL_PLAINTEXT,''"})
    void version5HasAProtocolMapAndTheListenerNamedLikeTheProtocolIsPreferred(String protocol, String addresses)
            throws Exception {
        assertThat(String.join(",", ZooKeeperBroker.parse(OF_2_8).addresses(protocol)))
                .isEqualTo(addresses);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "1", "{\"endpoints\":7}", "{\"endpoints\":[\"b1\",1]}", "{\"host\":\"b1\"}"})
    void aRegistrationWithoutAUsableAddressHasNoEndpoint(String registration) throws Exception {
        assertThat(ZooKeeperBroker.parse(registration).endpoints()).isEmpty();
    }

    @Test
    void rejectsATextThatIsNotJson() {
        assertThatThrownBy(() -> ZooKeeperBroker.parse("{b1"))
                .isInstanceOf(ZooKeeperException.class)
                .hasMessage("cannot parse the registration of a broker: {b1");
    }
}
