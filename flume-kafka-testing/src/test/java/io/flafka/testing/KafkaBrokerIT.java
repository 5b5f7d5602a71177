// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A dedicated broker. */
class KafkaBrokerIT {
    @RegisterExtension
    static final KafkaBrokerExtension KAFKA = KafkaBrokerExtension.dedicated();

    @Test
    void keepsItsAddressAndDataWhenKilledAndRestarted() {
        TestTopic topic = KAFKA.topic();
        topic.send("before");
        String address = KAFKA.bootstrapServers();

        KAFKA.broker().kill();
        boolean aliveWhenKilled = KAFKA.broker().isAlive();
        KAFKA.broker().restart();
        topic.send("after");

        assertThat(aliveWhenKilled).isFalse();
        assertThat(KAFKA.bootstrapServers()).isEqualTo(address);
        assertThat(topic.readValues(2)).containsExactly("before", "after");
    }
}
