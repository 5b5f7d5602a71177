// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The shared broker, passed as a parameter. */
@ExtendWith(KafkaBrokerExtension.class)
class KafkaBrokerExtensionIT {

    @Test
    void returnsRecordsInOrder(TestTopic topic) {
        topic.send("one", "two", "three");

        assertThat(topic.readValues(3)).containsExactly("one", "two", "three");
        assertThat(topic.readToEnd()).hasSize(3);
        assertThat(topic.endOffsets()).isEqualTo(Map.of(0, 3L));
        assertThat(topic.committed("nobody")).isEmpty();
    }

    @Test
    void createsTopicsWithSeveralPartitions(KafkaCluster kafka) {
        TestTopic topic = TestTopic.create(kafka, 4);

        assertThat(topic.endOffsets()).isEqualTo(Map.of(0, 0L, 1, 0L, 2, 0L, 3, 0L));

        topic.delete();
    }
}
