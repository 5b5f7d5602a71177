// SPDX-License-Identifier: Apache-2.0
package io.flafka.consume.offsets;

import io.flafka.consume.offsets.OffsetLookup.Range;
import io.flafka.consume.offsets.PositionReport.Move;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts new partitions of a consumer to where the group is in them, before they are read.
 *
 * <p>For the thread that owns the consumer. Guarantee: a partition is paused until its place is known.
 */
final class PositionInitializer implements StartingOffsets {

    private static final Logger LOG = LoggerFactory.getLogger(PositionInitializer.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    /** Why a partition is refused. */
    static final String MADE_ANEW = "is of a topic that was deleted and made anew";

    private static final Duration NEXT_TRY = Duration.ofSeconds(5);

    private final Consumer<?, ?> consumer;
    private final StartingOffsets former;
    private final OffsetReset reset;
    private final TopicIdTracker topics;
    private final OffsetLookup ranges;
    private final PositionReport report;
    private final LongSupplier nanoTime;
    private final Set<TopicPartition> unplaced = new HashSet<>();
    private final Map<TopicPartition, String> refused = new HashMap<>();
    private long nextTryNanos;

    PositionInitializer(
            Consumer<?, ?> consumer,
            StartingOffsets former,
            OffsetReset reset,
            TopicIdTracker topics,
            OffsetLookup ranges,
            PositionReport report,
            LongSupplier nanoTime) {
        this.consumer = consumer;
        this.former = former;
        this.reset = reset;
        this.topics = topics;
        this.ranges = ranges;
        this.report = report;
        this.nanoTime = nanoTime;
        this.nextTryNanos = nanoTime.getAsLong();
    }

    @Override
    public void assigned(Collection<TopicPartition> partitions) {
        // Before anything that can fail: a poll that is woken up goes on with these partitions.
        unplaced.addAll(partitions);
        consumer.pause(partitions);
        // Nothing is read from there. But as long as one partition has no position at all, Kafka's client refuses to
        // read any.
        partitions.forEach(partition -> consumer.seek(partition, 0));
        former.assigned(partitions);
        // Which lets those go that it has decided.
        consumer.pause(partitions);
        tryToPlace();
        Set<TopicPartition> placed = new HashSet<>(partitions);
        placed.removeAll(held());
        consumer.resume(placed);
    }

    @Override
    public void gone(Collection<TopicPartition> partitions) {
        former.gone(partitions);
        unplaced.removeAll(partitions);
        refused.keySet().removeAll(partitions);
        topics.gone(partitions);
    }

    @Override
    public Set<TopicPartition> undecided() {
        Set<TopicPartition> undecided = new HashSet<>(former.undecided());
        if (!unplaced.isEmpty() && nanoTime.getAsLong() - nextTryNanos >= 0) {
            tryToPlace();
        }
        undecided.addAll(held());
        return undecided;
    }

    private Set<TopicPartition> held() {
        Set<TopicPartition> held = new HashSet<>(unplaced);
        held.addAll(refused.keySet());
        return held;
    }

    /** These partitions cannot be read, for these reasons, until a person has said from where. */
    void refuse(Map<TopicPartition, String> reasons) {
        refused.putAll(reasons);
    }

    /** Those that cannot be read, with the reasons. */
    Map<TopicPartition, String> refused() {
        return refused;
    }

    private void tryToPlace() {
        Set<TopicPartition> ready = new HashSet<>(unplaced);
        ready.removeAll(former.undecided());
        if (ready.isEmpty()) {
            return;
        }
        Map<TopicPartition, Move> begun;
        try {
            begun = place(ready);
        } catch (WakeupException | InterruptException meantForPoll) {
            throw meantForPoll;
        } catch (KafkaException unknown) {
            nextTryNanos = nanoTime.getAsLong() + NEXT_TRY.toNanos();
            report.unknown(ready, unknown);
            return;
        }
        unplaced.removeAll(ready);
        report.known(ready);
        if (reset != OffsetReset.Fixed.EARLIEST && !begun.isEmpty()) {
            keep(begun);
        }
    }

    /** Else the next rebalance or start would choose again, and pass over what has come meanwhile. */
    private void keep(Map<TopicPartition, Move> begun) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        begun.forEach((partition, move) -> offsets.put(
                partition,
                new OffsetAndMetadata(move.goesOn(), new CommitMetadata(topics.idOf(partition), -1).text())));
        try {
            consumer.commitSync(offsets, TIMEOUT);
        } catch (WakeupException | InterruptException meantForPoll) {
            throw meantForPoll;
        } catch (KafkaException refused) {
            LOG.debug(
                    "The first offsets {} are not committed before the first records: {}", offsets, refused.toString());
        }
    }

    /** Those that begin without a committed offset. */
    private Map<TopicPartition, Move> place(Set<TopicPartition> partitions) {
        Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(partitions, TIMEOUT);
        topics.look();
        topics.doubt(inconsistent(partitions, committed));
        Map<String, String> present = topics.present(TopicIdTracker.topicsOf(partitions));
        Set<TopicPartition> without = new HashSet<>();
        Map<TopicPartition, Long> ofAnother = new HashMap<>();
        for (TopicPartition partition : partitions) {
            OffsetAndMetadata offset = committed.get(partition);
            if (noteOf(partition, offset).isOfAnotherTopicThan(present.getOrDefault(partition.topic(), ""))) {
                ofAnother.put(partition, offset == null ? -1 : offset.offset());
            } else if (offset == null) {
                without.add(partition);
            }
        }
        Map<TopicPartition, Move> anew = anew(ofAnother);
        Map<TopicPartition, Move> first = first(without);
        partitions.forEach(partition -> goTo(partition, committed.get(partition), present, anew, first));
        topics.settled(present.keySet());
        report.madeAnew(anew);
        report.begins(first);
        return first;
    }

    /** What is known of the past here: of the committed offset, or else of a topic of that name. */
    private CommitMetadata noteOf(TopicPartition partition, @Nullable OffsetAndMetadata committed) {
        return committed == null
                ? new CommitMetadata(topics.lastIdOf(partition.topic()), -1)
                : CommitMetadata.of(committed.metadata());
    }

    /** The topics whose committed offsets are missing, or of another topic than was last read: the brokers must say which there is. */
    private Set<String> inconsistent(Set<TopicPartition> partitions, Map<TopicPartition, OffsetAndMetadata> committed) {
        Set<String> inconsistent = new HashSet<>();
        for (TopicPartition partition : partitions) {
            OffsetAndMetadata offset = committed.get(partition);
            String last = topics.lastIdOf(partition.topic());
            if (offset == null || CommitMetadata.of(offset.metadata()).isOfAnotherTopicThan(last)) {
                inconsistent.add(partition.topic());
            }
        }
        return inconsistent;
    }

    private Map<TopicPartition, Move> anew(Map<TopicPartition, Long> ofAnother) {
        Map<TopicPartition, Move> moves = new HashMap<>();
        if (reset == OffsetReset.Fixed.NONE) {
            ofAnother.keySet().forEach(partition -> refused.put(partition, MADE_ANEW));
        } else if (!ofAnother.isEmpty()) {
            ranges.begins(ofAnother.keySet())
                    .forEach((partition, begin) ->
                            moves.put(partition, new Move(ofAnother.getOrDefault(partition, -1L), begin, 0)));
        }
        return moves;
    }

    private Map<TopicPartition, Move> first(Set<TopicPartition> without) {
        Map<TopicPartition, Move> moves = new HashMap<>();
        if (reset == OffsetReset.Fixed.NONE) {
            without.forEach(partition -> refused.put(partition, "has no committed offset"));
        } else {
            for (Map.Entry<TopicPartition, Range> entry : ranges.of(without).entrySet()) {
                Range range = entry.getValue();
                moves.put(entry.getKey(), new Move(-1, range.chosen(), range.chosen() - range.begin()));
            }
        }
        return moves;
    }

    private void goTo(
            TopicPartition partition,
            @Nullable OffsetAndMetadata committed,
            Map<String, String> present,
            Map<TopicPartition, Move> anew,
            Map<TopicPartition, Move> first) {
        String id = present.getOrDefault(partition.topic(), "");
        Move move = anew.getOrDefault(partition, first.get(partition));
        if (move != null) {
            consumer.seek(partition, move.goesOn());
        } else if (committed != null) {
            CommitMetadata note = CommitMetadata.of(committed.metadata());
            OptionalInt epoch = note.epochIn(id);
            consumer.seek(
                    partition,
                    epoch.isPresent()
                            ? new OffsetAndMetadata(committed.offset(), Optional.of(epoch.getAsInt()), "")
                            : committed);
            if (id.isEmpty()) {
                id = note.topicId();
            }
        }
        topics.isOf(partition, id);
    }
}
