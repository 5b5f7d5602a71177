// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.model;

import io.flafka.channel.take.AssignedQueues;
import io.flafka.channel.take.OffsetCommits;
import io.flafka.channel.take.TakeOrdering;
import io.flafka.exactlyonce.OffsetsToCommit;
import io.flafka.exactlyonce.PartitionsLostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * A take side whose sinks commit the offsets in Kafka transactions, compared with the ledger: which offsets a transaction carries, when it must be
 * aborted, and what is read again. Each record is delivered once.
 */
class SinkCommitsRun implements ComparedRun<SinkCommitsRun.Operation> {

    /** Of a member in generation 1. */
    private static final ConsumerGroupMetadata MEMBER = new MockConsumer<byte[], byte[]>("earliest").groupMetadata();

    /** What can be done with one partition or one sink. */
    enum Kind {
        POLL,
        TAKE,
        ROLL_BACK,
        /** The Kafka transaction is confirmed. If the offsets are refused, it is rolled back. */
        COMMIT,
        /** Kafka has committed the transaction, but its answer is lost. */
        LOSE_ANSWER,
        /** The commit does not arrive, and the transaction is aborted. */
        LOSE_COMMIT,
        /** The partition is assigned again at once. */
        REVOKE
    }

    /** One operation. */
    record Operation(Kind kind, int index) {}

    private final int partitions;
    private final int sinks;
    private final int records;
    private final RealTakeSide real = new RealTakeSide(TakeOrdering.PARTITION, new OffsetCommits.BySinks("k1"));
    private final TakeLedger ledger;
    private final Map<Integer, OffsetsToCommit> offsets = new HashMap<>();
    /** By sink, the records of its open transaction. */
    private final Map<Integer, List<TakeLedger.Taken>> taken = new HashMap<>();

    private final Map<TakeLedger.Taken, Integer> copies = new HashMap<>();

    SinkCommitsRun(int partitions, int sinks, int records) {
        this.partitions = partitions;
        this.sinks = sinks;
        this.records = records;
        this.ledger = new TakeLedger(TakeOrdering.PARTITION, partitions, sinks);
    }

    @Override
    public List<Operation> possible() {
        List<Operation> possible = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            boolean isOfPartition = kind == Kind.POLL || kind == Kind.REVOKE;
            for (int i = 0; i < (isOfPartition ? partitions : sinks); i++) {
                if (isOfPartition
                        ? isPossible(kind, ledger.partitions.get(i))
                        : kind == Kind.TAKE || ledger.isOpen(i)) {
                    possible.add(new Operation(kind, i));
                }
            }
        }
        return possible;
    }

    private boolean isPossible(Kind kind, TakeLedger.Partition partition) {
        return kind == Kind.POLL ? partition.readFrom < records : partition.reading != null;
    }

    @Override
    public Optional<String> apply(Operation operation) {
        int i = operation.index();
        Optional<String> difference = switch (operation.kind()) {
            case POLL -> poll(i, ledger.partitions.get(i));
            case TAKE -> take(i);
            case ROLL_BACK -> rollBack(i);
            case REVOKE -> revoke(i);
            default -> end(i, operation.kind());
        };
        return difference.or(this::compare);
    }

    private Optional<String> poll(int p, TakeLedger.Partition partition) {
        int count = Math.min(2, records - partition.readFrom);
        real.reader.sinkCommits().setMembership(MEMBER, next -> next);
        real.poll(p, 0, partition.readFrom, count);
        ledger.poll(p, count);
        return Optional.empty();
    }

    private Optional<String> take(int s) {
        List<TakeLedger.Taken> allowed = ledger.nextOf(s);
        if (!offsets.containsKey(s)) {
            offsets.put(s, real.transaction(s).takenOffsets());
        }
        Optional<TakeLedger.Taken> record = real.take(s);
        if (record.isEmpty() ? !allowed.isEmpty() : !allowed.contains(record.get())) {
            return Optional.of("sink %d must get one of %s, but got %s".formatted(s, allowed, record));
        }
        record.ifPresent(got -> {
            ledger.take(s, got);
            taken.computeIfAbsent(s, sink -> new ArrayList<>()).add(got);
        });
        return Optional.empty();
    }

    private Optional<String> rollBack(int s) {
        real.rollBack(s);
        ledger.rollBack(s);
        return close(s);
    }

    private Optional<String> close(int s) {
        offsets.remove(s);
        taken.remove(s);
        return Optional.empty();
    }

    /** A revoked partition is read again from its committed offset, here or elsewhere. */
    private Optional<String> revoke(int p) {
        real.revoke(p);
        readAgain(p);
        return Optional.empty();
    }

    private void readAgain(int p) {
        TakeLedger.Partition partition = ledger.partitions.get(p);
        if (partition.reading != null) {
            ledger.drop(p);
        }
        partition.readFrom = partition.committed;
    }

    private Optional<String> end(int s, Kind kind) {
        Optional<Map<Integer, Integer>> sent = sendOffsets(s);
        Optional<Map<Integer, Integer>> expected = ledger.offsetsAfter(s);
        if (!sent.equals(expected)) {
            return Optional.of("offsets of sink %d: expected %s, but were %s".formatted(s, expected, sent));
        }
        if (sent.isEmpty()) {
            return rollBack(s);
        }
        if (kind != Kind.LOSE_COMMIT) {
            taken.get(s).forEach(record -> copies.merge(record, 1, Integer::sum));
            sent.get().forEach((p, offset) -> ledger.partitions.get(p).committed = offset);
        }
        if (kind == Kind.COMMIT) {
            real.complete(s);
            ledger.complete(s);
            return close(s);
        }
        return loseOutcome(s, sent.get().keySet());
    }

    /** Returns the offset that is sent for each partition; empty if the transaction must be aborted. */
    private Optional<Map<Integer, Integer>> sendOffsets(int s) {
        Map<Integer, Integer> sent = new HashMap<>();
        try {
            offsets.get(s)
                    .get()
                    .forEach(each -> each.offsets()
                            .forEach((partition, offset) -> sent.put(partition.partition(), (int) offset.offset())));
            return Optional.of(sent);
        } catch (PartitionsLostException lost) {
            return Optional.empty();
        }
    }

    /** The reader reads the transaction's partitions again as soon as it is asked to. */
    private Optional<String> loseOutcome(int s, Set<Integer> expected) {
        onCommitTried(offsets.get(s));
        real.rollBack(s);
        AssignedQueues reader = real.reader;
        Set<TopicPartition> again = reader.sinkCommits().takePartitionsToReadAgain();
        reader.forget(again);
        ledger.rollBack(s);
        expected.forEach(this::readAgain);
        close(s);
        Set<Integer> numbers = new TreeSet<>();
        again.forEach(partition -> numbers.add(partition.partition()));
        return numbers.equals(expected)
                ? Optional.empty()
                : Optional.of("read again must be %s, but is %s".formatted(expected, numbers));
    }

    /** A test seeds a fault by overriding this. */
    void onCommitTried(OffsetsToCommit of) {
        of.onCommitTried();
    }

    private Optional<String> compare() {
        for (int p = 0; p < partitions; p++) {
            for (int offset = 0; offset < records; offset++) {
                int count = copies.getOrDefault(new TakeLedger.Taken(p, 0, offset), 0);
                if (count != (offset < ledger.partitions.get(p).committed ? 1 : 0)) {
                    return Optional.of("offset %d of partition %d is committed %d times, the group's offset is %d"
                            .formatted(offset, p, count, ledger.partitions.get(p).committed));
                }
            }
        }
        return Optional.empty();
    }

    @Override
    public String key() {
        return ledger.key(Map.of());
    }
}
