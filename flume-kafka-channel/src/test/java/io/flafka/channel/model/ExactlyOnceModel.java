// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.model;

import static io.flafka.channel.model.ExactlyOnceWorld.AGENTS;
import static io.flafka.channel.model.ExactlyOnceWorld.NOBODY;

import io.flafka.channel.model.ExactlyOnceWorld.Agent;
import io.flafka.channel.model.ExactlyOnceWorld.Queue;
import io.flafka.channel.model.ExactlyOnceWorld.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Two agents that copy one partition: each reads it through its channel, and its sink writes records and offsets in one Kafka transaction. It promises
 * exactly once. The agents have transactional ids of their own, or both have the same one, as when one replaces the other, which still runs.
 */
final class ExactlyOnceModel implements ModelState<ExactlyOnceModel> {

    private final ExactlyOnceRules rules;
    private final ExactlyOnceWorld world;

    ExactlyOnceModel(ExactlyOnceWorld world, ExactlyOnceRules rules) {
        this.world = world;
        this.rules = rules;
    }

    @Override
    public String key() {
        return world.key();
    }

    @Override
    public boolean isSettled() {
        return world.committed == world.records && world.delivered == (1 << world.records) - 1;
    }

    @Override
    public Optional<String> brokenPromise() {
        if (world.isDeliveredTwice) {
            return Optional.of("twice: a record is in two committed transactions");
        }
        int before = (1 << world.committed) - 1;
        if ((before & ~world.delivered) != 0) {
            return Optional.of("lost: the group's offset is beyond a record that was not delivered");
        }
        if (rules.carriesOffsets() && world.delivered != before) {
            return Optional.of("apart: a record was delivered, and the group's offset does not say so");
        }
        return Optional.empty();
    }

    @Override
    public List<Step<ExactlyOnceModel>> steps() {
        Steps steps = new Steps();
        for (int m = 0; m < AGENTS; m++) {
            steps.ofFailedTransaction(m);
        }
        for (int m = 0; m < AGENTS; m++) {
            steps.ofMembership(m);
        }
        for (int m = 0; m < AGENTS; m++) {
            steps.ofTransaction(m);
        }
        for (int m = 0; m < AGENTS; m++) {
            steps.ofReader(m);
        }
        for (int id = 0; id < world.transactions.length; id++) {
            steps.ofBrokers(id);
        }
        return steps.all;
    }

    /** Collects the steps of this state. Work comes first that must be done before other work. */
    private final class Steps {

        private final List<Step<ExactlyOnceModel>> all = new ArrayList<>();

        private void ofFailedTransaction(int m) {
            Agent agent = world.agents[m];
            if (agent.stage == Stage.UNKNOWN) {
                work(() -> "sink " + m + " rolls back, because the outcome is unknown", next -> next.settleUnknown(m));
            } else if (agent.stage == Stage.REFUSED || (agent.isRevoked && rules.abortsAfterRevocation())) {
                work(() -> "sink " + m + " aborts, because it no longer has the partition", next -> next.abort(m));
            } else if (agent.stage != Stage.NONE) {
                trouble(() -> "sink " + m + " fails, and aborts", next -> next.abort(m));
            }
            if (agent.isAlive && !agent.hasProducer && agent.stage == Stage.NONE) {
                work(() -> "the producer of sink " + m + " starts", next -> next.prepare(m));
            }
        }

        private void ofMembership(int m) {
            Agent agent = world.agents[m];
            if (!agent.isAlive) {
                work(() -> "agent " + m + " starts again", next -> next.start(m));
                return;
            }
            if (agent.isExpelled) {
                work(() -> "agent " + m + " notices that the group has removed it", next -> next.noticeExpulsion(m));
            } else {
                fault(() -> "the group removes agent " + m + ", which does not notice", next -> next.expel(m));
            }
            fault(() -> "agent " + m + " is killed", next -> next.kill(m));
            ofOwnership(m);
        }

        private void ofBrokers(int id) {
            ExactlyOnceWorld.Transaction transaction = world.transactions[id];
            if (transaction.isCommitOnItsWay) {
                trouble(() -> "Kafka gets the commit of sink " + id, next -> next.receiveCommit(id));
            }
            if (!transaction.isEmpty()) {
                trouble(() -> "the transaction of sink " + id + " times out, and is aborted", next -> next.timeOut(id));
            }
        }

        private void ofOwnership(int m) {
            Agent agent = world.agents[m];
            if (world.owner == NOBODY && !agent.isExpelled) {
                work(() -> "agent " + m + " is assigned the partition", next -> next.assign(m));
            } else if (world.owner == m && !world.isMoving) {
                fault(() -> "a rebalance takes the partition from agent " + m, next -> next.beginMove(m));
            } else if (world.owner == m && agent.stage == Stage.NONE) {
                work(() -> "agent " + m + " gives the partition up", next -> next.give(m));
            } else if (world.owner == m) {
                trouble(() -> "agent " + m + " gives the partition up with a transaction open", next -> next.give(m));
            }
        }

        private void ofTransaction(int m) {
            Agent agent = world.agents[m];
            if (agent.stage == Stage.OPEN && !(agent.isRevoked && rules.abortsAfterRevocation())) {
                work(() -> "sink " + m + " adds its offset to the transaction", next -> next.sendOffsets(m));
            } else if (agent.stage == Stage.COMPLETE) {
                work(() -> "sink " + m + " commits its transaction", next -> next.commit(m));
                trouble(() -> "sink " + m + " sends a commit, and gets no answer", next -> next.sendCommit(m));
            }
            Queue queue = agent.queue;
            boolean canTake = agent.hasProducer && (agent.stage == Stage.NONE || agent.stage == Stage.OPEN);
            if (queue != null && canTake && !agent.isRevoked && !queue.isClosed && queue.waiting != 0) {
                int offset = Integer.numberOfTrailingZeros(queue.waiting);
                work(() -> "sink " + m + " takes and sends offset " + offset, next -> next.take(m));
            }
        }

        private void ofReader(int m) {
            Queue queue = world.agents[m].queue;
            boolean canOpen =
                    world.owner == m && !world.isMoving && !(world.hasOpenOffset() && rules.waitsForOpenOffsets());
            if (queue == null ? canOpen : !queue.isClosed && queue.position < world.records) {
                work(() -> "agent " + m + " polls", next -> next.poll(m));
            }
        }

        private void work(Supplier<String> name, Consumer<ExactlyOnceChanges> change) {
            all.add(new Step<>(name, true, () -> after(change)));
        }

        private void trouble(Supplier<String> name, Consumer<ExactlyOnceChanges> change) {
            all.add(new Step<>(name, false, () -> after(change)));
        }

        private void fault(Supplier<String> name, Consumer<ExactlyOnceChanges> change) {
            if (world.faultsLeft > 0) {
                trouble(name, change.andThen(ExactlyOnceChanges::countFault));
            }
        }

        private ExactlyOnceModel after(Consumer<ExactlyOnceChanges> change) {
            ExactlyOnceWorld next = world.copy();
            change.accept(new ExactlyOnceChanges(next, rules));
            return new ExactlyOnceModel(next, rules);
        }
    }
}
