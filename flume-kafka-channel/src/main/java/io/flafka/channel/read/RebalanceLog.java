// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.read;

import io.flafka.consume.ConsumerMetrics;
import java.time.Duration;
import java.util.Collection;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs and counts which partitions a reader gets and gives up. For the reader's thread.
 *
 * @param channel the channel's name
 * @param metrics counts the changes
 */
record RebalanceLog(String channel, ConsumerMetrics metrics) {

    private static final Logger LOG = LoggerFactory.getLogger(RebalanceLog.class);

    /** Logs that the reader reads these partitions from now on. */
    void onAssigned(Collection<TopicPartition> partitions) {
        metrics.onAssigned();
        LOG.info("KafkaChannel {}: reads partitions {}", channel, partitions);
    }

    /** Logs that another member has these partitions already. */
    void onLost(Collection<TopicPartition> partitions) {
        metrics.onExpelled();
        LOG.warn(
                "KafkaChannel {}: partitions {} were lost, because the group has removed this member; events taken from them whose offsets are not committed will be delivered"
                        + " again",
                channel,
                partitions);
    }

    /** Logs that sinks did not end their transactions on these partitions in time. */
    void onTransactionsLeftOpen(Collection<TopicPartition> partitions, Duration grace) {
        LOG.warn(
                "KafkaChannel {}: gives up partitions {} while sinks still have transactions open on them, after waiting up to {} ms; the events in these"
                        + " transactions will be delivered again. If this happens often, raise kafka.revocationGraceMillis",
                channel,
                partitions,
                grace.toMillis());
    }
}
