// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Three brokers, one of which is killed. */
class KafkaClusterIT {
    @RegisterExtension
    static final KafkaBrokerExtension KAFKA = KafkaBrokerExtension.cluster(3);

    @Test
    void losesNoRecordWhenOneBrokerIsKilled() {
        TestTopic topic = KAFKA.topic();
        topic.send("with three");

        KAFKA.broker(0).kill();
        topic.send("with two");
        KAFKA.broker(0).restart();
        KAFKA.broker(1).freeze();
        topic.send("with another two");
        KAFKA.broker(1).thaw();

        assertThat(topic.readValues(3)).containsExactly("with three", "with two", "with another two");
    }
}
