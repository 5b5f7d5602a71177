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

/** Logs and counts each time that the group expels the source: why, and which property to change. For one thread. */
final class ExpulsionReport {

    private static final Logger LOG = LoggerFactory.getLogger(ExpulsionReport.class);

    private final String source;
    private final Duration maxPollInterval;
    private final int batchSize;
    private final SourceMetrics metrics;

    /**
     * Creates the report of one source.
     *
     * @param maxPollInterval the longest time that Kafka allows between two polls
     * @param batchSize the maximum number of events that the source can process in that time
     */
    ExpulsionReport(String source, Duration maxPollInterval, int batchSize, SourceMetrics metrics) {
        this.source = source;
        this.maxPollInterval = maxPollInterval;
        this.batchSize = batchSize;
        this.metrics = metrics;
    }

    /**
     * Reports that the group expelled this member, which lost these partitions.
     *
     * @param processingTime the time between the two polls before the loss
     */
    void onLost(Collection<TopicPartition> partitions, Duration processingTime) {
        metrics.consumer().onExpelled();
        if (processingTime.compareTo(maxPollInterval) > 0) {
            LOG.warn(
                    "KafkaSource {}: its group expelled it, and it lost {}: interceptors and channels took {} ms for a batch,"
                            + " more than kafka.consumer.{}={}. Set that property above the time a batch takes, or lower"
                            + " batchSize={}. Until then another member may deliver the same events again",
                    source,
                    names(partitions),
                    processingTime.toMillis(),
                    ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG,
                    maxPollInterval.toMillis(),
                    batchSize);
        } else {
            LOG.warn(
                    "KafkaSource {}: its group expelled it, and it lost {}: the group received no heartbeat for"
                            + " kafka.consumer.{}, because the network, the broker or this agent stalled. Another member may"
                            + " deliver the last events again",
                    source,
                    names(partitions),
                    ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG);
        }
    }

    /** Reports that partitions came back and where they are read from: after the last delivered event. */
    void onResumed(Map<TopicPartition, OffsetAndMetadata> offsets) {
        if (!offsets.isEmpty()) {
            LOG.info(
                    "KafkaSource {}: got partitions back and resumes them after the last delivered event: {}",
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
