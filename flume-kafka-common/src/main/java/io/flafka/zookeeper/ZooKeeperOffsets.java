// SPDX-License-Identifier: Apache-2.0
package io.flafka.zookeeper;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/**
 * The offsets of a group in ZooKeeper, where the consumers of Kafka 0.8 committed them.
 *
 * @param zookeeper the address of ZooKeeper
 * @param factory connects to ZooKeeper
 * @param group the consumer group
 */
record ZooKeeperOffsets(String zookeeper, ZooKeeperReader.Factory factory, String group) {

    /**
     * Returns the next offset to read in each of these partitions. Leaves out partitions without an offset in ZooKeeper.
     *
     * @throws ZooKeeperException if ZooKeeper does not answer, or one of the texts is not an offset
     */
    Map<TopicPartition, Long> read(Set<TopicPartition> partitions) throws ZooKeeperException {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        try (ZooKeeperReader reader = factory.open(zookeeper)) {
            for (TopicPartition partition : partitions) {
                String path = "/consumers/%s/offsets/%s/%d".formatted(group, partition.topic(), partition.partition());
                Optional<String> text = reader.text(path);
                if (text.isPresent()) {
                    offsets.put(partition, parse(path, text.get()));
                }
            }
        }
        return offsets;
    }

    private long parse(String path, String text) throws ZooKeeperException {
        try {
            long offset = Long.parseLong(text.trim());
            if (offset >= 0) {
                return offset;
            }
            throw new ZooKeeperException(notAnOffset(path, text));
        } catch (NumberFormatException notANumber) {
            throw new ZooKeeperException(notAnOffset(path, text), notANumber);
        }
    }

    private String notAnOffset(String path, String text) {
        return "ZooKeeper %s: '%s' in %s is not an offset".formatted(zookeeper, text, path);
    }
}
