// SPDX-License-Identifier: Apache-2.0
package io.flafka.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.testing.HostileText;
import io.flafka.testing.SeededCases;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Registrations that no broker writes: each is read, or refused with the reason. */
@Timeout(30)
class ZooKeeperBrokerFuzzTest {

    private static final int CASES = 20_000;
    private static final String LISTENERS = """
            {"version":5,"endpoints":["PLAIN://a:9092","TLS://b:9093"],"listener_security_protocol_map":{"TLS":"SSL"},"host":"a","port":9092}""";
    private static final String ONE_PORT = """
            {"jmx_port":-1,"timestamp":"1","host":"a","version":1,"port":9092}""";

    @Test
    void readsOrRefuses() {
        SeededCases.run(CASES, random -> {
            String registration = HostileText.like(random.nextBoolean() ? LISTENERS : ONE_PORT, random);
            try {
                ZooKeeperBroker broker = ZooKeeperBroker.parse(registration);

                assertThat(broker.addresses("SSL")).allMatch(address -> address.contains(":"));
            } catch (ZooKeeperException refused) {
                String message = String.valueOf(refused.getMessage());
                assertThat(message).startsWith("cannot parse the registration of a broker: ");
                assertThat(message.codePoints()).noneMatch(Character::isISOControl);
                assertThat(message.length()).isLessThan(2_200);
            }
        });
    }

    @Test
    void refusesNestingThatWouldNeedAnEndlessStack() {
        SeededCases.run(10, random -> {
            try {
                ZooKeeperBroker.parse("[".repeat(100_000 + random.nextInt(10)));
            } catch (ZooKeeperException refused) {
                assertThat(refused).hasMessageStartingWith("cannot parse the registration of a broker: ");
            }
        });
    }
}
