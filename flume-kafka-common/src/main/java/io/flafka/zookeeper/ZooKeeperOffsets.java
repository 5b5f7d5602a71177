// SPDX-License-Identifier: Apache-2.0
package io.flafka.zookeeper;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/**
 * Where a group is according to ZooKeeper, to which the consumers of Kafka 0.8 committed.
 *
 * @param zookeeper its address
 * @param factory connects to it
 * @param group of the consumers
 */
record ZooKeeperOffsets(String zookeeper, ZooKeeperReader.Factory factory, String group) {

    /**
     * The offset that is to be read next, by partition; a partition without one is left out.
     *
     * @throws ZooKeeperException if there is any that is not known for certain
     */
    Map<TopicPartition, Long> of(Set<TopicPartition> partitions) throws ZooKeeperException {
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
            throw new ZooKeeperException(noOffset(path, text));
        } catch (NumberFormatException noNumber) {
            throw new ZooKeeperException(noOffset(path, text), noNumber);
        }
    }

    private String noOffset(String path, String text) {
        return "ZooKeeper %s has no offset in %s, but '%s'".formatted(zookeeper, path, text);
    }
}
