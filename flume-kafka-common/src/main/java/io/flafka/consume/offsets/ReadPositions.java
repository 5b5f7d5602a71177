// SPDX-License-Identifier: Apache-2.0
package io.flafka.consume.offsets;

import io.flafka.client.ClientProperties;
import io.flafka.client.ClientSettings;
import io.flafka.client.MetadataUpdates;
import io.flafka.consume.offsets.OffsetLookup.Range;
import io.flafka.consume.offsets.PositionReport.Move;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.LogTruncationException;
import org.apache.kafka.clients.consumer.NoOffsetForPartitionException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a consumer's partitions from the right offsets: where the group has committed, and where that no longer exists, from where the agent file's
 * {@code auto.offset.reset} says, never in silence.
 *
 * <p>For the thread that owns the consumer, whose own reset must be {@code none}. Guarantee: a topic that was made anew is read from its beginning,
 * whatever was read or committed before; records of a partition that goes back are not returned before {@link Kept#forget}.
 */
public final class ReadPositions implements StartingOffsets {

    private static final Logger LOG = LoggerFactory.getLogger(ReadPositions.class);

    /** What the caller keeps of the partitions, between the poll and the commit. */
    public interface Kept {

        /** The lowest offset of the partition that is kept and not done with; nothing is kept if it is empty. */
        OptionalLong undone(TopicPartition partition);

        /** The past of these partitions is void: nothing that is kept of them may be delivered first or committed. They are read again from elsewhere. */
        void forget(Collection<TopicPartition> partitions);
    }

    private final Consumer<byte[], byte[]> consumer;
    private final OffsetReset reset;
    private final TopicIdTracker topics;
    private final OffsetLookup ranges;
    private final PositionReport report;
    private final PositionInitializer starts;

    /**
     * For one consumer, before it subscribes.
     *
     * @param component how messages name the component
     * @param settings of the consumer, with the agent file's choice
     * @param former knows offsets from before Kafka had the group's
     * @param admins creates the client that asks for the ids of topics
     */
    public ReadPositions(
            String component,
            ClientSettings settings,
            Consumer<byte[], byte[]> consumer,
            StartingOffsets former,
            Function<ClientSettings, Admin> admins) {
        this(component, settings, consumer, former, admins, Clock.systemUTC(), System::nanoTime);
    }

    ReadPositions(
            String component,
            ClientSettings settings,
            Consumer<byte[], byte[]> consumer,
            StartingOffsets former,
            Function<ClientSettings, Admin> admins,
            Clock clock,
            LongSupplier nanoTime) {
        this.consumer = consumer;
        this.reset = OffsetReset.of(settings.offsetReset());
        this.topics = new TopicIdTracker(
                consumer, MetadataUpdates.of(consumer), new TopicIdLookup(component, admins, settings));
        this.ranges = new OffsetLookup(consumer, reset, clock);
        this.report = new PositionReport(component, settings.groupId(), reset);
        this.starts = new PositionInitializer(consumer, former, reset, topics, ranges, report, nanoTime);
        LOG.info(
                "{}: where an offset of group {} is missing, {} = {} applies; Kafka's own line shows none there, as its client"
                        + " leaves that to this plugin",
                component,
                settings.groupId(),
                ClientProperties.OFFSET_RESET,
                reset);
    }

    @Override
    public void assigned(Collection<TopicPartition> partitions) {
        starts.assigned(partitions);
    }

    @Override
    public void gone(Collection<TopicPartition> partitions) {
        starts.gone(partitions);
    }

    @Override
    public Set<TopicPartition> undecided() {
        return starts.undecided();
    }

    /** What an offset is committed as: with what tells later whether the topic is still the same. */
    OffsetAndMetadata noted(TopicPartition partition, OffsetAndMetadata next) {
        String note =
                new CommitMetadata(topics.idOf(partition), next.leaderEpoch().orElse(-1)).text();
        return new OffsetAndMetadata(next.offset(), note);
    }

    /**
     * The next records, as {@link Consumer#poll} has them.
     *
     * @param kept told, before it returns, of the partitions that are read again from elsewhere
     * @throws NoStartingOffsetException if a person must say where to read
     */
    public ConsumerRecords<byte[], byte[]> poll(Duration time, Kept kept) {
        if (!starts.refused().isEmpty()) {
            // As Kafka's client does without a choice: nothing is read before someone has acted, and the member stays
            // in its group.
            consumer.pause(consumer.assignment());
        }
        ConsumerRecords<byte[], byte[]> read;
        try {
            read = consumer.poll(time);
        } catch (NoOffsetForPartitionException unplaced) {
            starts.assigned(unplaced.partitions());
            return ConsumerRecords.empty();
        } catch (LogTruncationException truncated) {
            outOfRange(
                    truncated.offsetOutOfRangePartitions(), truncated.partitions(), truncated.divergentOffsets(), kept);
            return ConsumerRecords.empty();
        } catch (OffsetOutOfRangeException outOfRange) {
            outOfRange(outOfRange.offsetOutOfRangePartitions(), Set.of(), Map.of(), kept);
            return ConsumerRecords.empty();
        }
        if (!starts.refused().isEmpty() && read.isEmpty()) {
            throw report.undecided(starts.refused());
        }
        return ofTheTopicsThatAre(read, kept);
    }

    /** All of it, unless a topic turns out to be another one: then it is read again, from the right place. */
    private ConsumerRecords<byte[], byte[]> ofTheTopicsThatAre(ConsumerRecords<byte[], byte[]> read, Kept kept) {
        topics.look();
        if (!topics.isDoubtful(read.partitions())) {
            return read;
        }
        Map<TopicPartition, String> replaced = topics.replaced();
        if (replaced.isEmpty()) {
            return read;
        }
        Map<TopicPartition, Long> asked = new HashMap<>();
        for (TopicPartition partition : read.partitions()) {
            long first = read.records(partition).get(0).offset();
            asked.put(partition, first);
            // Before anything that can fail: what was read is given to nobody.
            consumer.seek(partition, first);
        }
        beginAnew(replaced, asked, kept);
        return ConsumerRecords.empty();
    }

    private void beginAnew(Map<TopicPartition, String> replaced, Map<TopicPartition, Long> asked, Kept kept) {
        if (reset == OffsetReset.Fixed.NONE) {
            kept.forget(replaced.keySet());
            replaced.forEach(topics::isOf);
            Map<TopicPartition, String> reasons = new HashMap<>();
            replaced.keySet().forEach(partition -> reasons.put(partition, PositionInitializer.MADE_ANEW));
            starts.refuse(reasons);
            return;
        }
        Map<TopicPartition, Move> moves = new HashMap<>();
        ranges.begins(replaced.keySet()).forEach((partition, begin) -> {
            moves.put(partition, new Move(asked.getOrDefault(partition, -1L), begin, 0));
            consumer.seek(partition, begin);
        });
        kept.forget(replaced.keySet());
        replaced.forEach(topics::isOf);
        topics.settled(TopicIdTracker.topicsOf(replaced.keySet()));
        report.madeAnew(moves);
    }

    private void outOfRange(
            Map<TopicPartition, Long> outside,
            Set<TopicPartition> truncated,
            Map<TopicPartition, OffsetAndMetadata> divergent,
            Kept kept) {
        Map<TopicPartition, Long> asked = new HashMap<>(outside);
        asked.keySet().retainAll(consumer.assignment());
        if (reset == OffsetReset.Fixed.NONE) {
            refuse(asked);
            return;
        }
        Map<TopicPartition, Range> has = ranges.of(asked.keySet());
        Map<TopicPartition, Long> back = new HashMap<>(asked);
        back.keySet().removeAll(forward(asked, has));
        // A leader that is up to date has taken over meanwhile, and the next fetch succeeds.
        back.entrySet()
                .removeIf(entry ->
                        !truncated.contains(entry.getKey()) && isWithin(has.get(entry.getKey()), entry.getValue()));
        if (!back.isEmpty()) {
            backward(back, has, divergent, kept);
        }
    }

    private void refuse(Map<TopicPartition, Long> asked) {
        Map<TopicPartition, String> reasons = new HashMap<>();
        asked.forEach((partition, offset) -> {
            reasons.put(partition, "no longer has offset " + offset + ", or has other records there");
            // Without a leader's epoch, so that Kafka's client does not report it again and again.
            consumer.seek(partition, offset);
        });
        starts.refuse(reasons);
    }

    /** Past what was deleted. What is kept was read before that: it goes its way. */
    private Set<TopicPartition> forward(Map<TopicPartition, Long> asked, Map<TopicPartition, Range> has) {
        Map<TopicPartition, Move> moves = new HashMap<>();
        asked.forEach((partition, offset) -> {
            Range range = has.get(partition);
            if (range != null && offset < range.begin()) {
                moves.put(partition, new Move(offset, range.chosen(), range.chosen() - range.begin()));
                consumer.seek(partition, range.chosen());
            }
        });
        report.deletedUnread(moves);
        return moves.keySet();
    }

    private void backward(
            Map<TopicPartition, Long> asked,
            Map<TopicPartition, Range> has,
            Map<TopicPartition, OffsetAndMetadata> divergent,
            Kept kept) {
        topics.doubt(TopicIdTracker.topicsOf(asked.keySet()));
        Map<TopicPartition, String> replaced = topics.replaced();
        if (!replaced.isEmpty()) {
            beginAnew(replaced, asked, kept);
        }
        Map<TopicPartition, Move> cut = new HashMap<>();
        Map<TopicPartition, Move> beyond = new HashMap<>();
        asked.forEach((partition, offset) -> {
            Range range = has.get(partition);
            if (range == null || replaced.containsKey(partition)) {
                return;
            }
            OffsetAndMetadata common = divergent.get(partition);
            // What follows the divergent offset was never delivered; what is kept from before it and not done is read
            // again.
            long goesOn = lowest(common == null ? range.chosen() : common.offset(), range, partition, kept);
            Move move = new Move(offset, goesOn, common == null ? goesOn - range.begin() : 0);
            (common == null ? beyond : cut).put(partition, move);
            consumer.seek(partition, goesOn);
        });
        kept.forget(cut.keySet());
        kept.forget(beyond.keySet());
        report.truncated(cut);
        report.beyondEnd(beyond);
    }

    private static boolean isWithin(@Nullable Range range, long offset) {
        return range != null && offset <= range.end();
    }

    private static long lowest(long offset, Range range, TopicPartition partition, Kept kept) {
        return Math.max(range.begin(), Math.min(offset, kept.undone(partition).orElse(offset)));
    }
}
