// SPDX-License-Identifier: Apache-2.0
package io.flafka.consume.offsets;

import io.flafka.client.ClientProperties;
import io.flafka.failure.FailureClassifier;
import io.flafka.failure.FailureReason;
import io.flafka.failure.Outage;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs where partitions are read from if that is not their last position: one line for all partitions of one event.
 *
 * <p>For one thread.
 */
final class PositionReport {

    private static final Logger LOG = LoggerFactory.getLogger(PositionReport.class);
    private static final int MAX_NAMED = 20;

    private final String component;
    private final String group;
    private final String reset;
    private final ReadRange range;
    private final Outage<String> outage = new Outage<>();
    private final Set<TopicPartition> started = new HashSet<>();
    private boolean hasReportedContinued;

    /**
     * A change of a partition's position.
     *
     * @param from the offset that was to be read; negative if there was none
     * @param to the offset that is read instead
     * @param skipped the number of offsets before {@code to} that Kafka still has and that are not read; an offset need not have a record
     */
    record Move(long from, long to, long skipped) {

        private String text(TopicPartition partition) {
            return partition
                    + " at offset "
                    + to
                    + (from < 0 ? "" : " instead of " + from)
                    + (skipped > 0
                            ? " (skips up to " + skipped + (skipped == 1 ? " record" : " records") + " before it)"
                            : "");
        }
    }

    /**
     * Creates the report of one consumer.
     *
     * @param component the component's kind and name, as messages show them
     * @param group the consumer group
     * @param reset the agent file's {@code auto.offset.reset}
     * @param range which part of the partitions the group reads
     */
    PositionReport(String component, String group, PartitionPlace reset, ReadRange range) {
        this.component = component;
        this.group = group;
        this.range = range;
        this.reset = ClientProperties.OFFSET_RESET + " = " + reset;
    }

    /** Reports partitions without a committed offset. That is normal unless records are skipped that nobody has asked to skip. */
    void reportStart(Map<TopicPartition, Move> moves) {
        started.addAll(moves.keySet());
        Map<TopicPartition, Move> byReset = new HashMap<>(moves);
        byReset.keySet().removeIf(range::choosesStartIn);
        Map<TopicPartition, Move> chosen = new HashMap<>(moves);
        chosen.keySet().removeAll(byReset.keySet());
        if (!chosen.isEmpty()) {
            logStart(chosen, range.startText().orElse(reset));
        }
        if (byReset.values().stream().anyMatch(move -> move.skipped() > 0)) {
            LOG.warn(
                    "{}: group {} has no committed offset; starts reading {}, because {}. Skipped records are not delivered. Set {}"
                            + " = earliest to read every record of a partition without a committed offset",
                    component,
                    group,
                    text(byReset),
                    reset,
                    ClientProperties.OFFSET_RESET);
        } else if (!byReset.isEmpty()) {
            logStart(byReset, reset);
        }
    }

    private void logStart(Map<TopicPartition, Move> moves, String rule) {
        LOG.info(
                "{}: group {} has no committed offset yet; starts reading {} ({})",
                component,
                group,
                text(moves),
                rule);
    }

    /** Reports once that the group has begun already, if the agent file says where it begins. */
    void reportContinued(Map<TopicPartition, OffsetAndMetadata> committed, Set<TopicPartition> ofOldTopic) {
        Set<TopicPartition> continued = new HashSet<>(committed.keySet());
        continued.removeIf(partition -> committed.get(partition) == null);
        continued.removeAll(ofOldTopic);
        continued.removeAll(started);
        if (range.start().isEmpty() || hasReportedContinued || continued.isEmpty()) {
            return;
        }
        hasReportedContinued = true;
        LOG.info(
                "{}: {} has no effect in {}: group {} continues there at its committed offsets. To begin again, write a {} that is new,"
                        + " or stop all members of the group and reset its offsets with kafka-consumer-groups.sh",
                component,
                range.startText().orElse(reset),
                names(continued),
                group,
                ClientProperties.GROUP_ID);
    }

    /** Reports where these partitions are not read any more. */
    void reportStops(Map<TopicPartition, Long> stops) {
        LOG.info(
                "{}: group {} reads {} ({})",
                component,
                group,
                bounded(stops.entrySet().stream()
                        .map(stop -> stop.getKey() + " up to offset " + stop.getValue())
                        .sorted()
                        .toList()),
                range.stopText().orElse(""));
    }

    /** Reports partitions that the file of {@code kafka.stopAt} does not have. */
    void reportNotListed(Collection<TopicPartition> partitions) {
        if (!partitions.isEmpty()) {
            LOG.warn(
                    "{}: reads nothing from {}, because the file of {} does not list them; to read them, add a line topic,partition,offset for each",
                    component,
                    names(partitions),
                    range.stopText().orElse(""));
        }
    }

    /** Reports partitions that have been read up to there. */
    void reportStopped(Collection<TopicPartition> partitions) {
        LOG.info(
                "{}: has read {} up to {}",
                component,
                names(partitions),
                range.stopText().orElse(""));
    }

    /** Reports that nothing is left to read. */
    void reportAllStopped() {
        LOG.info(
                "{}: all partitions of this member have been read up to {}; it reads nothing more. When ConsumerLag is 0 and"
                        + " the channels are empty, stop the agent or remove the component",
                component,
                range.stopText().orElse(""));
    }

    /** Reports partitions whose records a transaction of unknown outcome has, or has not, committed. */
    void reportReadAgain(Collection<TopicPartition> partitions) {
        LOG.warn(
                "{}: Kafka has not confirmed a transaction with the offsets of partitions {} of group {}; reading continues at their"
                        + " committed offsets as soon as Kafka knows them. No event is lost or written twice",
                component,
                partitions,
                group);
    }

    /** Reports topics that were deleted and recreated. */
    void reportRecreated(Map<TopicPartition, Move> moves) {
        if (!moves.isEmpty()) {
            LOG.warn(
                    "{}: a topic was deleted and recreated; reading continues at the beginning of the new topic: {}. Records of the"
                            + " old topic are no longer delivered or committed",
                    component,
                    text(moves));
        }
    }

    /** Reports partitions of which Kafka has lost records that were already read. */
    void reportTruncated(Map<TopicPartition, Move> moves) {
        if (!moves.isEmpty()) {
            LOG.warn(
                    "{}: Kafka has lost records that were already read, for example after an unclean leader election; reading"
                            + " continues where the loss begins, or before it: {}",
                    component,
                    text(moves));
        }
    }

    /** Reports partitions whose next records were deleted before they were read. */
    void reportDeletedUnread(Map<TopicPartition, Move> moves) {
        if (!moves.isEmpty()) {
            LOG.warn(
                    "{}: records were deleted before they were read, by the topic's retention or by kafka-delete-records.sh; reading"
                            + " continues: {} ({}). Increase retention.ms or retention.bytes of the topic",
                    component,
                    text(moves),
                    reset);
        }
    }

    /** Reports partitions that end before the offset that was to be read. */
    void reportBeyondEnd(Map<TopicPartition, Move> moves) {
        if (!moves.isEmpty()) {
            LOG.warn(
                    "{}: the partition ends before the next offset to read, for example after lost records, a recreated topic or a"
                            + " wrong offset reset of the group; reading continues: {} ({}). With {} = earliest the whole partition is"
                            + " read in this case",
                    component,
                    text(moves),
                    reset,
                    ClientProperties.OFFSET_RESET);
        }
    }

    /** Reports, once per failure, that the positions of these partitions cannot be determined. */
    void reportUnknown(Collection<TopicPartition> partitions, KafkaException failure) {
        if (outage.begins(failure.toString())) {
            LOG.warn(
                    "{}: cannot read {} yet, because the position of group {} is not known: {}; {}",
                    component,
                    names(partitions),
                    group,
                    FailureReason.of(failure),
                    FailureClassifier.kindOf(failure).consequence());
        }
    }

    /** Reports that the positions of these partitions are known, if a failure was reported before. */
    void reportKnown(Collection<TopicPartition> partitions) {
        if (outage.ends()) {
            LOG.info("{}: now reads {}", component, names(partitions));
        }
    }

    /** Returns the exception for partitions whose position the operator must set, with a reason for each. */
    NoStartingOffsetException noStartingOffset(Map<TopicPartition, String> reasons) {
        String causes = bounded(reasons.entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .sorted()
                .toList());
        return new NoStartingOffsetException(
                ("no valid offset to read from: %s. With %s the operator must set one: stop all members of group %s, reset its offsets"
                                + " with kafka-consumer-groups.sh and start them again, or set earliest or latest")
                        .formatted(causes, reset, group),
                reasons.keySet());
    }

    /** Names first the partitions that skip most. */
    private static String text(Map<TopicPartition, Move> moves) {
        return bounded(moves.entrySet().stream()
                .sorted(Comparator.<Map.Entry<TopicPartition, Move>>comparingLong(
                                entry -> -entry.getValue().skipped())
                        .thenComparing(entry -> entry.getKey().toString()))
                .map(entry -> entry.getValue().text(entry.getKey()))
                .toList());
    }

    private static String names(Collection<TopicPartition> partitions) {
        return bounded(
                partitions.stream().map(TopicPartition::toString).sorted().toList());
    }

    private static String bounded(List<String> all) {
        String shown = all.stream().limit(MAX_NAMED).collect(Collectors.joining(", "));
        return all.size() > MAX_NAMED ? shown + " and " + (all.size() - MAX_NAMED) + " more" : shown;
    }
}
