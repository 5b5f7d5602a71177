// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says each time that the group has expelled the source, why, and what to set; counts it. For one thread. */
final class ExpulsionReport {

    private static final Logger LOG = LoggerFactory.getLogger(ExpulsionReport.class);

    private final String source;
    private final Duration maxPollInterval;
    private final int batchSize;
    private final SourceMetrics metrics;

    /**
     * For one source.
     *
     * @param maxPollInterval the longest that Kafka lets a member work between two polls
     * @param batchSize how many events that can be
     */
    ExpulsionReport(String source, Duration maxPollInterval, int batchSize, SourceMetrics metrics) {
        this.source = source;
        this.maxPollInterval = maxPollInterval;
        this.batchSize = batchSize;
        this.metrics = metrics;
    }

    /**
     * The group has taken these partitions away.
     *
     * @param worked how long the source has not polled before
     */
    void lost(Collection<TopicPartition> partitions, Duration worked) {
        metrics.incrementExpelledCount();
        if (worked.compareTo(maxPollInterval) > 0) {
            LOG.warn(
                    "KafkaSource {}: its group has taken {} away: interceptors and channels needed {} ms for a batch, and"
                            + " kafka.consumer.{}={} allows no more. Set that property above the time a batch takes, or lower"
                            + " batchSize={}. Until then another member may deliver the same events again",
                    source,
                    names(partitions),
                    worked.toMillis(),
                    ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG,
                    maxPollInterval.toMillis(),
                    batchSize);
        } else {
            LOG.warn(
                    "KafkaSource {}: its group has taken {} away, as it did not hear from this member for"
                            + " kafka.consumer.{}: the network, the broker or this agent stood still. Another member may deliver"
                            + " the last events again",
                    source,
                    names(partitions),
                    ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG);
        }
    }

    /** They have come back as they went, and the source goes on behind what the channels have, at these offsets. */
    void goesOn(Map<TopicPartition, OffsetAndMetadata> offsets) {
        if (!offsets.isEmpty()) {
            LOG.info(
                    "KafkaSource {}: has partitions back that its group had taken away, and goes on behind what it has delivered: {}",
                    source,
                    offsets.entrySet().stream()
                            .map(entry -> entry.getKey() + " at offset "
                                    + entry.getValue().offset())
                            .sorted()
                            .collect(Collectors.joining(", ")));
        }
    }

    private static String names(Collection<TopicPartition> partitions) {
        return partitions.stream()
                .sorted(Comparator.comparing(TopicPartition::topic).thenComparing(TopicPartition::partition))
                .map(TopicPartition::toString)
                .collect(Collectors.joining(", "));
    }
}
