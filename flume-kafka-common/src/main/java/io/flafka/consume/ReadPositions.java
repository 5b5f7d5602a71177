// SPDX-License-Identifier: Apache-2.0
package io.flafka.consume;

import io.flafka.client.AdminFactory;
import io.flafka.client.ClientSettings;
import io.flafka.client.MetadataUpdates;
import io.flafka.consume.PartitionRanges.Range;
import io.flafka.consume.PositionReport.Move;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.LogTruncationException;
import org.apache.kafka.clients.consumer.NoOffsetForPartitionException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads a consumer's partitions from the right offsets: where the group has committed, and where that no longer exists, from where the agent file's
 * {@code auto.offset.reset} says, never in silence.
 *
 * <p>For the thread that owns the consumer, whose own reset must be {@code none}. Guarantee: a topic that was made anew is read from its beginning,
 * whatever was read or committed before; records of a partition that goes back are not returned before {@link Kept#forget}.
 */
public final class ReadPositions implements FirstOffsets {

    /** What the caller keeps of the partitions, between the poll and the commit. */
    public interface Kept {

        /** The lowest offset of the partition that is kept and not done with; nothing is kept if it is empty. */
        OptionalLong undone(TopicPartition partition);

        /** The past of these partitions is void: nothing that is kept of them may be delivered first or committed. They are read again from elsewhere. */
        void forget(Collection<TopicPartition> partitions);
    }

    private final Consumer<byte[], byte[]> consumer;
    private final OffsetReset reset;
    private final TopicPasts topics;
    private final PartitionRanges ranges;
    private final PositionReport report;
    private final StartingPlaces starts;

    /**
     * For one consumer, before it subscribes.
     *
     * @param component how messages name the component
     * @param settings of the consumer, with the agent file's choice
     * @param former knows offsets from before Kafka had the group's
     */
    public ReadPositions(
            String component, ClientSettings settings, Consumer<byte[], byte[]> consumer, FirstOffsets former) {
        this(component, settings, consumer, former, AdminFactory.KAFKA, Clock.systemUTC(), System::nanoTime);
    }

    ReadPositions(
            String component,
            ClientSettings settings,
            Consumer<byte[], byte[]> consumer,
            FirstOffsets former,
            AdminFactory admins,
            Clock clock,
            LongSupplier nanoTime) {
        this.consumer = consumer;
        this.reset = OffsetReset.of(settings.offsetReset());
        this.topics =
                new TopicPasts(consumer, MetadataUpdates.of(consumer), new TopicIds(component, admins, settings));
        this.ranges = new PartitionRanges(consumer, reset, clock);
        this.report = new PositionReport(component, settings.groupId(), reset);
        this.starts = new StartingPlaces(consumer, former, reset, topics, ranges, report, nanoTime);
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
        String note = new CommitNote(topics.idOf(partition), next.leaderEpoch().orElse(-1)).text();
        return new OffsetAndMetadata(next.offset(), note);
    }

    /**
     * The next records, as {@link Consumer#poll} has them.
     *
     * @param kept told, before it returns, of the partitions that are read again from elsewhere
     * @throws UndecidedOffsetException if a person must say where to read
     */
    public ConsumerRecords<byte[], byte[]> poll(Duration time, Kept kept) {
        if (!starts.refused().isEmpty()) {
            // As Kafka's client does without a choice: nothing is read before someone has acted, and the member stays in its group.
            consumer.pause(consumer.assignment());
        }
        ConsumerRecords<byte[], byte[]> read;
        try {
            read = consumer.poll(time);
        } catch (NoOffsetForPartitionException unplaced) {
            starts.assigned(unplaced.partitions());
            return ConsumerRecords.empty();
        } catch (LogTruncationException truncated) {
            outOfRange(truncated.offsetOutOfRangePartitions(), truncated.divergentOffsets(), kept);
            return ConsumerRecords.empty();
        } catch (OffsetOutOfRangeException outOfRange) {
            outOfRange(outOfRange.offsetOutOfRangePartitions(), Map.of(), kept);
            return ConsumerRecords.empty();
        }
        if (!starts.refused().isEmpty() && read.isEmpty()) {
            throw report.undecided(starts.refused());
        }
        return ofTheTopicsThatAre(read, kept);
    }

    /** All of it, unless a topic turns out to be another one: then it is read again, from the right place. */
    private ConsumerRecords<byte[], byte[]> ofTheTopicsThatAre(
            ConsumerRecords<byte[], byte[]> read, Kept kept) {
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
            refuse(replaced.keySet(), "is of a topic that was deleted and made anew", kept);
            return;
        }
        Map<TopicPartition, Move> moves = new HashMap<>();
        ranges.begins(replaced.keySet()).forEach((partition, begin) -> {
            moves.put(partition, new Move(asked.getOrDefault(partition, -1L), begin, 0));
            consumer.seek(partition, begin);
        });
        kept.forget(replaced.keySet());
        replaced.forEach(topics::isOf);
        topics.settled(TopicPasts.topicsOf(replaced.keySet()));
        report.madeAnew(moves);
    }

    private void outOfRange(
            Map<TopicPartition, Long> asked, Map<TopicPartition, OffsetAndMetadata> divergent, Kept kept) {
        topics.doubt(TopicPasts.topicsOf(asked.keySet()));
        Map<TopicPartition, String> replaced = topics.replaced();
        if (!replaced.isEmpty()) {
            beginAnew(replaced, asked, kept);
        }
        Map<TopicPartition, Long> same = new HashMap<>(asked);
        same.keySet().retainAll(consumer.assignment());
        same.keySet().removeAll(replaced.keySet());
        if (reset == OffsetReset.Fixed.NONE) {
            same.forEach((partition, offset) ->
                    refuse(Set.of(partition), "no longer has the records at offset " + offset, kept));
            return;
        }
        Map<TopicPartition, Long> cut = new HashMap<>(same);
        cut.keySet().retainAll(divergent.keySet());
        truncated(cut, divergent, kept);
        same.keySet().removeAll(cut.keySet());
        outside(same, ranges.of(same.keySet()), kept);
    }

    /** What follows the divergent offset was never delivered; what is kept from before it and not done is read again. */
    private void truncated(
            Map<TopicPartition, Long> asked, Map<TopicPartition, OffsetAndMetadata> divergent, Kept kept) {
        Map<TopicPartition, Move> moves = new HashMap<>();
        asked.forEach((partition, offset) -> {
            long goesOn = lowest(Optional.ofNullable(divergent.get(partition)).map(OffsetAndMetadata::offset).orElse(offset), partition, kept);
            moves.put(partition, new Move(offset, goesOn, 0));
            consumer.seek(partition, goesOn);
        });
        kept.forget(moves.keySet());
        if (!moves.isEmpty()) {
            report.truncated(moves);
        }
    }

    private void outside(Map<TopicPartition, Long> asked, Map<TopicPartition, Range> has, Kept kept) {
        Map<TopicPartition, Move> forward = new HashMap<>();
        Map<TopicPartition, Move> back = new HashMap<>();
        has.forEach((partition, range) -> {
            long offset = asked.getOrDefault(partition, 0L);
            if (offset < range.begin()) {
                // What is kept was read before it was deleted: it goes its way.
                forward.put(partition, new Move(offset, range.chosen(), range.chosen() - range.begin()));
                consumer.seek(partition, range.chosen());
            } else if (offset > range.end()) {
                long goesOn = Math.max(range.begin(), lowest(range.chosen(), partition, kept));
                back.put(partition, new Move(offset, goesOn, goesOn - range.begin()));
                consumer.seek(partition, goesOn);
            }
            // Else a leader that is up to date has taken over meanwhile, and the next fetch succeeds.
        });
        kept.forget(back.keySet());
        if (!forward.isEmpty()) {
            report.deletedUnread(forward);
        }
        if (!back.isEmpty()) {
            report.beyondEnd(back);
        }
    }

    private static long lowest(long offset, TopicPartition partition, Kept kept) {
        return Math.min(offset, kept.undone(partition).orElse(offset));
    }

    private void refuse(Set<TopicPartition> partitions, String reason, Kept kept) {
        Map<TopicPartition, String> reasons = new HashMap<>();
        partitions.forEach(partition -> reasons.put(partition, reason));
        kept.forget(reasons.keySet());
        starts.refuse(reasons);
    }
}
