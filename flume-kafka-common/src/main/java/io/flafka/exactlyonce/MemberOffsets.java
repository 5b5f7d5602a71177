// SPDX-License-Identifier: Apache-2.0
package io.flafka.exactlyonce;

import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * The offsets that one member of a consumer group commits in a Kafka transaction. The brokers refuse them if the member no longer has the partitions
 * (KIP-447).
 *
 * @param member the member and the generation or epoch in which it has the partitions
 * @param offsets the offset of the next record to read, by partition
 */
public record MemberOffsets(ConsumerGroupMetadata member, Map<TopicPartition, OffsetAndMetadata> offsets) {

    /**
     * Copies the offsets.
     *
     * @throws PartitionsLostException if the consumer is not a member of its group: the brokers would accept the offsets without a check
     */
    public MemberOffsets {
        if (member.generationId() <= 0 || member.memberId().isEmpty()) {
            throw new PartitionsLostException("this consumer is not a member of group " + member.groupId() + " now");
        }
        offsets = Map.copyOf(offsets);
    }
}
