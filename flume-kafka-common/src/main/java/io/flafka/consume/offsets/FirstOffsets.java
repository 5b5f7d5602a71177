// SPDX-License-Identifier: Apache-2.0
package io.flafka.consume.offsets;

import io.flafka.consume.offsets.PositionReport.Move;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits the offsets at which a group begins. Otherwise the next rebalance or start would select them again, and skip the records written since.
 *
 * <p>For the thread that owns the consumer.
 *
 * @param consumer the member of the group
 * @param topics knows the ids of the topics
 */
record FirstOffsets(Consumer<?, ?> consumer, TopicIdTracker topics) {

    private static final Logger LOG = LoggerFactory.getLogger(FirstOffsets.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    /** Commits these positions. If that fails, the group has no offset until the first records are delivered and committed. */
    void commit(Map<TopicPartition, Move> started) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        started.forEach((partition, move) -> offsets.put(
                partition, new OffsetAndMetadata(move.to(), new CommitMetadata(topics.idOf(partition), -1).toText())));
        try {
            consumer.commitSync(offsets, TIMEOUT);
        } catch (WakeupException | InterruptException meantForPoll) {
            throw meantForPoll;
        } catch (KafkaException notCommitted) {
            LOG.debug(
                    "The first offsets {} could not be committed before the first records: {}",
                    offsets,
                    notCommitted.toString());
        }
    }
}
