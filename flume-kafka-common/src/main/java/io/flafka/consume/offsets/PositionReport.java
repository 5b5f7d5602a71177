// SPDX-License-Identifier: Apache-2.0
package io.flafka.consume.offsets;

import io.flafka.client.ClientProperties;
import io.flafka.failure.FailureClassifier;
import io.flafka.failure.Outage;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says where partitions are read from when it is not where they were: each time once, in one line. For one thread. */
final class PositionReport {

    private static final Logger LOG = LoggerFactory.getLogger(PositionReport.class);
    private static final int MOST_NAMED = 20;

    private final String component;
    private final String group;
    private final String reset;
    private final Outage<String> outage = new Outage<>();

    /**
     * A change of position.
     *
     * @param asked the offset that was to be read; negative if there was none
     * @param goesOn the offset that is read instead
     * @param passedOver how many offsets that Kafka still has lie between and are not read
     */
    record Move(long asked, long goesOn, long passedOver) {

        private String text(TopicPartition partition) {
            return partition
                    + (asked < 0 ? " at offset " : " at offset " + goesOn + " instead of ")
                    + (asked < 0 ? goesOn : asked)
                    + (passedOver > 0 ? " (" + passedOver + " records before it are passed over)" : "");
        }
    }

    /**
     * Has said nothing yet.
     *
     * @param component how messages name the component
     * @param group of its consumer
     * @param reset the agent file's choice
     */
    PositionReport(String component, String group, OffsetReset reset) {
        this.component = component;
        this.group = group;
        this.reset = ClientProperties.OFFSET_RESET + " = " + reset;
    }

    /** There was no committed offset: normal, unless records are passed over. */
    void begins(Map<TopicPartition, Move> moves) {
        if (moves.isEmpty()) {
            return;
        }
        if (moves.values().stream().noneMatch(move -> move.passedOver() > 0)) {
            LOG.info(
                    "{}: group {} has no committed offset yet and begins in {} ({})",
                    component,
                    group,
                    text(moves),
                    reset);
        } else {
            LOG.warn(
                    "{}: group {} has no committed offset and begins in {}, because {}; records that are passed over are not"
                            + " delivered. Set {} = earliest to read them where a committed offset is missing",
                    component,
                    group,
                    text(moves),
                    reset,
                    ClientProperties.OFFSET_RESET);
        }
    }

    /** The topics were made anew. */
    void madeAnew(Map<TopicPartition, Move> moves) {
        if (!moves.isEmpty()) {
            LOG.warn(
                    "{}: the topic was deleted and made anew: goes on in {}, where the new topic begins. Nothing of the old topic is"
                            + " delivered or committed from now on",
                    component,
                    text(moves));
        }
    }

    /** Kafka has lost records that had been read. */
    void truncated(Map<TopicPartition, Move> moves) {
        if (!moves.isEmpty()) {
            LOG.warn(
                    "{}: Kafka has lost records that were read before, as after an unclean leader election: goes on in {}, where the"
                            + " new records begin",
                    component,
                    text(moves));
        }
    }

    /** The records at these offsets were deleted before they were read. */
    void deletedUnread(Map<TopicPartition, Move> moves) {
        if (!moves.isEmpty()) {
            LOG.warn(
                    "{}: records were deleted before they were read, by the topic's retention or by kafka-delete-records: goes on in"
                            + " {} ({}). Set a longer retention.ms or retention.bytes for the topic",
                    component,
                    text(moves),
                    reset);
        }
    }

    /** The partitions end before these offsets. */
    void beyondEnd(Map<TopicPartition, Move> moves) {
        if (!moves.isEmpty()) {
            LOG.warn(
                    "{}: the partition ends before the offset that was to be read, as after lost records, a topic made anew or a wrong"
                            + " reset of the group: goes on in {} ({}). Set {} = earliest to read all that is there in such a case",
                    component,
                    text(moves),
                    reset,
                    ClientProperties.OFFSET_RESET);
        }
    }

    /** It is not known where the group is. */
    void unknown(Collection<TopicPartition> partitions, KafkaException trouble) {
        if (outage.begins(trouble.toString())) {
            LOG.warn(
                    "{}: does not read {} yet, as it cannot find out where group {} is: {}; {}",
                    component,
                    names(partitions),
                    group,
                    trouble.toString(),
                    FailureClassifier.kindOf(trouble).consequence());
        }
    }

    /** It is known for these. */
    void known(Collection<TopicPartition> partitions) {
        if (outage.ends()) {
            LOG.info("{}: reads {} now", component, names(partitions));
        }
    }

    /** What to throw where the agent file leaves the choice to a person. */
    NoStartingOffsetException undecided(Map<TopicPartition, String> reasons) {
        String which = reasons.entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .sorted()
                .limit(MOST_NAMED)
                .collect(Collectors.joining(", "));
        return new NoStartingOffsetException(
                "it is not known where to read: %s. With %s a person decides: stop all members of group %s, reset its offsets with kafka-consumer-groups.sh, start again; or set earliest or latest"
                        .formatted(which, reset, group),
                reasons.keySet());
    }

    /** Those that pass most over first. */
    private static String text(Map<TopicPartition, Move> moves) {
        return bounded(moves.entrySet().stream()
                .sorted(Comparator.<Map.Entry<TopicPartition, Move>>comparingLong(
                                entry -> -entry.getValue().passedOver())
                        .thenComparing(entry -> entry.getKey().toString()))
                .map(entry -> entry.getValue().text(entry.getKey()))
                .toList());
    }

    private static String names(Collection<TopicPartition> partitions) {
        return bounded(
                partitions.stream().map(TopicPartition::toString).sorted().toList());
    }

    private static String bounded(List<String> all) {
        String shown = all.stream().limit(MOST_NAMED).collect(Collectors.joining(", "));
        return all.size() > MOST_NAMED ? shown + " and " + (all.size() - MOST_NAMED) + " more" : shown;
    }
}
