// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.model;

import io.flafka.channel.take.TakeOrdering;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/** One sequence of operations on the real take side and on the ledger. They must agree after each operation. */
final class TakeSideRun implements ComparedRun<TakeSideRun.Operation> {

    /**
     * How much there is in a run.
     *
     * @param records how many records are polled of a partition at most, and 2 of them at a time; after a recreation again
     */
    record Size(TakeOrdering ordering, int partitions, int sinks, int records, int incarnations) {}

    /** What can be done with one partition, one sink, or the commit on its way. */
    enum Kind {
        POLL(8),
        TAKE(16),
        COMPLETE(4),
        ROLL_BACK(2),
        SEND_COMMIT(6),
        CONFIRM_COMMIT(3),
        /** Kafka has the offsets, but its answer is lost. */
        LOSE_ANSWER(1),
        LOSE_COMMIT(1),
        DRAIN(1),
        /** The partition is assigned again at once. */
        REVOKE(2),
        /** The reader is told that the topic was recreated. */
        RECREATE(1),
        /** The reader is not told that its consumer has gone back. */
        GO_BACK(1);

        private final int frequency;

        Kind(int frequency) {
            this.frequency = frequency;
        }
    }

    /** One operation, on a sink or a partition. */
    record Operation(Kind kind, int index) {
        @Override
        public String toString() {
            return kind + " " + index;
        }
    }

    /** An offset that was sent. It can be confirmed only for the reading that sent it. */
    private record Sent(TakeLedger.Reading reading, int incarnation, int offset) {
        @Override
        public String toString() {
            return incarnation + ":" + offset;
        }
    }

    private final Size size;
    private final RealTakeSide real;
    private final TakeLedger ledger;
    private Map<Integer, Sent> sent = Map.of();

    TakeSideRun(Size size, Function<TakeOrdering, RealTakeSide> real) {
        this.size = size;
        this.real = real.apply(size.ordering());
        this.ledger = new TakeLedger(size.ordering(), size.partitions(), size.sinks());
    }

    static List<Operation> all(Size size) {
        List<Operation> all = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            int count = switch (kind) {
                case TAKE, COMPLETE, ROLL_BACK -> size.sinks();
                case POLL, DRAIN, REVOKE, RECREATE, GO_BACK -> size.partitions();
                default -> 1;
            };
            for (int i = 0; i < count; i++) {
                all.add(new Operation(kind, i));
            }
        }
        return all;
    }

    /** Returns each operation as often as a random run should have it. */
    static List<Operation> allByFrequency(Size size) {
        return all(size).stream()
                .flatMap(operation -> Collections.nCopies(operation.kind().frequency, operation).stream())
                .toList();
    }

    boolean isPossible(Operation operation) {
        return switch (operation.kind()) {
            case TAKE -> true;
            case COMPLETE, ROLL_BACK -> ledger.isOpen(operation.index());
            case SEND_COMMIT -> sent.isEmpty() && !offsetsToCommit().isEmpty();
            case CONFIRM_COMMIT, LOSE_ANSWER, LOSE_COMMIT -> !sent.isEmpty();
            default -> isPossible(operation.kind(), ledger.partitions.get(operation.index()));
        };
    }

    private boolean isPossible(Kind kind, TakeLedger.Partition partition) {
        TakeLedger.Reading reading = partition.reading;
        return switch (kind) {
            case POLL -> partition.readFrom < size.records() && (reading == null || !reading.isClosed);
            case DRAIN -> reading != null && !reading.isClosed;
            case RECREATE -> reading != null && partition.incarnation + 1 < size.incarnations();
            case GO_BACK -> reading != null && !reading.isClosed && partition.committed < reading.position;
            default -> reading != null;
        };
    }

    @Override
    public List<Operation> possible() {
        return all(size).stream().filter(this::isPossible).toList();
    }

    @Override
    public Optional<String> apply(Operation operation) {
        int i = operation.index();
        Optional<String> difference = switch (operation.kind()) {
            case TAKE -> take(i);
            case COMPLETE -> differs("events of revoked partitions", ledger.complete(i), real.complete(i));
            case ROLL_BACK -> {
                real.rollBack(i);
                ledger.rollBack(i);
                yield Optional.<String>empty();
            }
            case SEND_COMMIT -> sendCommit();
            case CONFIRM_COMMIT, LOSE_ANSWER, LOSE_COMMIT -> endCommit(operation.kind());
            default -> change(operation.kind(), i, ledger.partitions.get(i));
        };
        return difference.or(this::compare);
    }

    private Optional<String> take(int s) {
        List<TakeLedger.Taken> allowed = ledger.nextOf(s);
        Optional<TakeLedger.Taken> taken = real.take(s);
        if (taken.isEmpty() ? !allowed.isEmpty() : !allowed.contains(taken.get())) {
            return Optional.of("sink %d must get one of %s, but got %s".formatted(s, allowed, taken));
        }
        taken.ifPresent(record -> ledger.take(s, record));
        return Optional.empty();
    }

    private Map<Integer, Integer> offsetsToCommit() {
        Map<Integer, Integer> offsets = new HashMap<>();
        for (int p = 0; p < size.partitions(); p++) {
            TakeLedger.Reading reading = ledger.partitions.get(p).reading;
            if (reading != null && reading.lowestNotDone() > reading.confirmed) {
                offsets.put(p, reading.lowestNotDone());
            }
        }
        return offsets;
    }

    private Optional<String> sendCommit() {
        Map<Integer, Integer> offsets = offsetsToCommit();
        sent = new HashMap<>();
        offsets.forEach((p, offset) -> {
            TakeLedger.Partition partition = ledger.partitions.get(p);
            sent.put(p, new Sent(partition.reading, partition.incarnation, offset));
        });
        return differs("offsets to commit", offsets, real.sendCommit());
    }

    private Optional<String> endCommit(Kind kind) {
        sent.forEach((p, commit) -> {
            TakeLedger.Partition partition = ledger.partitions.get(p);
            if (kind != Kind.LOSE_COMMIT && commit.incarnation() == partition.incarnation) {
                partition.committed = commit.offset();
            }
            if (kind == Kind.CONFIRM_COMMIT) {
                commit.reading().confirmed = commit.offset();
            }
        });
        if (kind == Kind.CONFIRM_COMMIT) {
            real.confirmCommit();
        }
        sent = Map.of();
        return Optional.empty();
    }

    private Optional<String> change(Kind kind, int p, TakeLedger.Partition partition) {
        switch (kind) {
            case POLL -> poll(p, partition);
            case DRAIN -> {
                partition.reading.isClosed = true;
                return differs("nobody holds it", partition.reading.isFree(), real.drain(p));
            }
            case GO_BACK -> {
                partition.readFrom = partition.committed;
                poll(p, partition);
            }
            case RECREATE -> {
                ledger.drop(p);
                ledger.recreate(p);
                real.forget(p);
            }
            default -> {
                ledger.drop(p);
                partition.readFrom = partition.committed;
                real.revoke(p);
            }
        }
        return Optional.empty();
    }

    private void poll(int p, TakeLedger.Partition partition) {
        int count = Math.min(2, size.records() - partition.readFrom);
        real.poll(p, partition.incarnation, partition.readFrom, count);
        ledger.poll(p, count);
    }

    private Optional<String> compare() {
        for (int p = 0; p < size.partitions(); p++) {
            TakeLedger.Partition partition = ledger.partitions.get(p);
            if (partition.delivered.nextClearBit(0) < partition.committed) {
                return Optional.of("lost: partition %d is committed up to %d, delivered is only %s"
                        .formatted(p, partition.committed, partition.delivered));
            }
            OptionalLong expected = partition.reading == null
                    ? OptionalLong.empty()
                    : OptionalLong.of(partition.reading.lowestNotDone());
            Optional<String> difference = differs("lowest offset not done", expected, real.lowestNotDone(p));
            if (difference.isPresent()) {
                return difference;
            }
        }
        return differs("unfinished records", (long) ledger.unfinished(), real.unfinished());
    }

    private static Optional<String> differs(String what, Object expected, Object actual) {
        return expected.equals(actual)
                ? Optional.empty()
                : Optional.of("%s: expected %s, but was %s".formatted(what, expected, actual));
    }

    @Override
    public String key() {
        return ledger.key(sent);
    }
}
