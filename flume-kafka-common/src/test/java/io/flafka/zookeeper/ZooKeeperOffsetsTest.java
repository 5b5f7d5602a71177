// SPDX-License-Identifier: Apache-2.0
package io.flafka.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The offsets that a consumer of Kafka 0.8 has committed, and texts that are not offsets. */
class ZooKeeperOffsetsTest {

    private final FakeZooKeeper zookeeper = new FakeZooKeeper();
    private final ZooKeeperOffsets offsets = new ZooKeeperOffsets("zk:2181/kafka", zookeeper, "g");

    @Test
    void readsTheOffsetsOfTheGroupAndLeavesOutMissingOnes() throws Exception {
        zookeeper
                .with("/consumers/g/offsets/t/0", "7")
                .with("/consumers/g/offsets/t/1", "0")
                .with("/consumers/g/offsets/u/0", "8")
                .with("/consumers/other/offsets/t/2", "9");

        assertThat(offsets.read(Set.of(partition("t", 0), partition("t", 1), partition("t", 2), partition("u", 0))))
                .isEqualTo(Map.of(partition("t", 0), 7L, partition("t", 1), 0L, partition("u", 0), 8L));
        assertThat(zookeeper.openReaders()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "seven", "-1", "9223372036854775808"})
    void rejectsATextThatIsNotAnOffset(String text) {
        zookeeper.with("/consumers/g/offsets/t/0", text);

        assertThatThrownBy(() -> offsets.read(Set.of(partition("t", 0))))
                .isInstanceOf(ZooKeeperException.class)
                .hasMessage("ZooKeeper zk:2181/kafka: '" + text + "' in /consumers/g/offsets/t/0 is not an offset");
        assertThat(zookeeper.openReaders()).isZero();
    }

    private static TopicPartition partition(String topic, int number) {
        return new TopicPartition(topic, number);
    }
}
