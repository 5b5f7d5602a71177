// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.model;

import static io.flafka.channel.model.TakeBounds.MEMBERS;
import static io.flafka.channel.model.TakeWorld.NOBODY;

import io.flafka.channel.model.TakeWorld.Commit;
import io.flafka.channel.model.TakeWorld.Member;
import io.flafka.channel.model.TakeWorld.Partition;
import io.flafka.channel.model.TakeWorld.Queue;
import io.flafka.channel.take.TakeOrdering;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The take side of a channel that two agents share: they read partitions, their sinks take, deliver and roll back, offsets are committed, and the group
 * moves partitions between them. It promises at least once.
 */
final class TakeModel implements ModelState<TakeModel> {

    private final TakeRules rules;
    private final TakeWorld world;

    TakeModel(TakeBounds bounds, TakeRules rules) {
        this(new TakeWorld(bounds), rules);
    }

    private TakeModel(TakeWorld world, TakeRules rules) {
        this.world = world;
        this.rules = rules;
    }

    @Override
    public String key() {
        return TakeWorldKey.of(world);
    }

    @Override
    public boolean isSettled() {
        for (Partition partition : world.partitions) {
            if (partition.delivered != world.bounds.allRecords()
                    || rules.startOf(partition) != world.bounds.records()) {
                return false;
            }
        }
        return true;
    }

    @Override
    public Optional<String> brokenPromise() {
        if (!world.broken.isEmpty()) {
            return Optional.of(world.broken);
        }
        for (Partition partition : world.partitions) {
            int before = (1 << rules.startOf(partition)) - 1;
            if ((before & ~partition.delivered) != 0) {
                return Optional.of("lost: the group's offset is beyond a record that was not delivered");
            }
            if (world.bounds.ordering() == TakeOrdering.PARTITION
                    && (partition.delivered & (partition.delivered + 1)) != 0) {
                return Optional.of(
                        "out of order: a record was delivered before one that is before it in the partition");
            }
        }
        for (Member member : world.members) {
            for (int p = 0; p < world.partitions.length; p++) {
                if (world.bounds.ordering() == TakeOrdering.PARTITION && sinksThatHold(member, p) > 1) {
                    return Optional.of("two sinks hold records of one partition");
                }
            }
        }
        return Optional.empty();
    }

    private static int sinksThatHold(Member member, int p) {
        int holders = 0;
        for (TakeWorld.Sink sink : member.sinks) {
            holders += sink.taken[p] == 0 ? 0 : 1;
        }
        return holders;
    }

    @Override
    public List<Step<TakeModel>> steps() {
        Steps steps = new Steps();
        for (int m = 0; m < MEMBERS; m++) {
            steps.ofCommit(m);
        }
        for (int m = 0; m < MEMBERS; m++) {
            steps.ofMembership(m);
        }
        for (int m = 0; m < MEMBERS; m++) {
            steps.ofSinks(m);
        }
        for (int m = 0; m < MEMBERS; m++) {
            steps.ofReader(m);
        }
        steps.ofTopic();
        return steps.all;
    }

    /** Collects the steps of this state. Work comes first that must be done before other work. */
    private final class Steps {

        private final List<Step<TakeModel>> all = new ArrayList<>();

        private void ofCommit(int m) {
            Commit commit = world.members[m].commit;
            if (commit == null) {
                return;
            }
            if (commit.isAccepted) {
                work(() -> "agent %d hears that its commit was accepted".formatted(m), next -> next.answerCommit(m));
            } else {
                work(() -> "Kafka gets the offset commit of agent " + m, next -> next.receiveCommit(m));
            }
            trouble(() -> "the commit of agent %d, or its answer, is lost".formatted(m), next -> next.dropCommit(m));
        }

        private void ofMembership(int m) {
            Member member = world.members[m];
            if (!member.isAlive) {
                work(() -> "agent %d starts again".formatted(m), next -> next.start(m));
                return;
            }
            if (member.isExpelled) {
                work(
                        () -> "agent %d notices that the group has removed it".formatted(m),
                        next -> next.noticeExpulsion(m));
            } else {
                fault(() -> "the group removes agent %d, which does not notice".formatted(m), next -> next.expel(m));
            }
            fault(() -> "agent %d is killed".formatted(m), next -> next.kill(m));
            for (int p = 0; p < world.partitions.length; p++) {
                ofOwnership(m, p);
            }
        }

        private void ofOwnership(int m, int p) {
            Partition partition = world.partitions[p];
            if (partition.owner == NOBODY && !world.members[m].isExpelled) {
                work(() -> "agent %d is assigned partition %d".formatted(m, p), next -> next.assign(m, p));
            } else if (partition.owner == m && !partition.isMoving) {
                fault(() -> "a rebalance takes partition %d from agent %d".formatted(p, m), next -> next.beginMove(p));
            } else if (partition.owner == m && !hasUnansweredCommit(m)) {
                Queue queue = world.members[m].queues[p];
                String gives = "agent " + m + " commits, and gives partition " + p + " up";
                if (queue == null || queue.claims == 0) {
                    work(() -> gives, next -> next.give(m, p, true));
                } else {
                    trouble(() -> gives + " with a transaction open on it", next -> next.give(m, p, true));
                }
                fault(
                        () -> "the last commit fails, agent %d gives partition %d up".formatted(m, p),
                        n -> n.give(m, p, false));
            }
        }

        private void ofSinks(int m) {
            Member member = world.members[m];
            for (int s = 0; member.isAlive && s < member.sinks.length; s++) {
                int sink = s;
                String name = "sink " + s + " of agent " + m;
                if (!member.sinks[s].isEmpty()) {
                    work(() -> name + " has delivered, and commits", next -> next.complete(m, sink));
                    trouble(() -> name + " rolls back", next -> next.rollBack(m, sink));
                }
                for (int p = 0; p < world.partitions.length; p++) {
                    ofTake(m, sink, p, name);
                }
            }
        }

        private void ofTake(int m, int sink, int p, String name) {
            Queue queue = world.members[m].queues[p];
            if (queue != null && !queue.isClosed && queue.waiting != 0 && allowsTake(queue, sink)) {
                int offset = Integer.numberOfTrailingZeros(queue.waiting);
                work(
                        () -> "%s takes offset %d of partition %d".formatted(name, offset, p),
                        next -> next.take(m, sink, p));
            }
        }

        private void ofReader(int m) {
            Member member = world.members[m];
            for (int p = 0; member.isAlive && p < world.partitions.length; p++) {
                int partition = p;
                if (canPoll(m, p)) {
                    work(() -> "agent %d polls partition %d".formatted(m, partition), next -> next.poll(m, partition));
                }
            }
            if (member.isAlive && member.commit == null && hasOffsetToCommit(member)) {
                work(() -> "agent %d sends an offset commit".formatted(m), next -> next.sendCommit(m));
            }
        }

        private void ofTopic() {
            for (int p = 0; p < world.partitions.length; p++) {
                int partition = p;
                if (world.partitions[p].incarnation == 0) {
                    fault(
                            () -> "partition %d is deleted and created again".formatted(partition),
                            next -> next.recreate(partition));
                }
            }
        }

        private void work(Supplier<String> name, Consumer<TakeChanges> change) {
            all.add(new Step<>(name, true, () -> after(change)));
        }

        private void trouble(Supplier<String> name, Consumer<TakeChanges> change) {
            all.add(new Step<>(name, false, () -> after(change)));
        }

        private void fault(Supplier<String> name, Consumer<TakeChanges> change) {
            if (world.faultsLeft > 0) {
                trouble(name, change.andThen(TakeChanges::countFault));
            }
        }

        private TakeModel after(Consumer<TakeChanges> change) {
            TakeWorld next = world.copy();
            change.accept(new TakeChanges(next, rules));
            return new TakeModel(next, rules);
        }

        private boolean hasUnansweredCommit(int m) {
            Commit commit = world.members[m].commit;
            return commit != null && !commit.isAccepted;
        }

        private boolean canPoll(int m, int p) {
            Partition partition = world.partitions[p];
            Queue queue = world.members[m].queues[p];
            if (queue == null) {
                return partition.owner == m && !partition.isMoving;
            }
            return !queue.isClosed
                    && (queue.position < world.bounds.records() || rules.noticesRecreation(queue, partition));
        }

        private boolean allowsTake(Queue queue, int sink) {
            return world.bounds.ordering() == TakeOrdering.NONE || rules.allowsTake(queue, sink);
        }

        private boolean hasOffsetToCommit(Member member) {
            for (Queue queue : member.queues) {
                if (queue != null && rules.offsetToCommit(queue) > queue.confirmed) {
                    return true;
                }
            }
            return false;
        }
    }
}
