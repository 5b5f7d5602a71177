// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.model;

import static io.flafka.channel.model.ExactlyOnceWorld.NOBODY;

import io.flafka.channel.model.ExactlyOnceWorld.Agent;
import io.flafka.channel.model.ExactlyOnceWorld.Queue;
import io.flafka.channel.model.ExactlyOnceWorld.Stage;
import io.flafka.channel.model.ExactlyOnceWorld.Transaction;

/** Changes a world as one step of the {@link ExactlyOnceModel} does. */
final class ExactlyOnceChanges {

    private final ExactlyOnceWorld world;
    private final ExactlyOnceRules rules;

    ExactlyOnceChanges(ExactlyOnceWorld world, ExactlyOnceRules rules) {
        this.world = world;
        this.rules = rules;
    }

    void countFault() {
        world.faultsLeft--;
    }

    // The sink and its transaction

    /** A new producer ends the transaction that the one before it has left open, without saying how. */
    void prepare(int m) {
        if (rules.fencesPredecessor()) {
            world.transactionOf(m).clear();
        }
        world.transactionOf(m).producer = m;
        world.agents[m].hasProducer = true;
    }

    void take(int m) {
        Agent agent = world.agents[m];
        int record = Integer.lowestOneBit(agent.queue.waiting);
        agent.queue.waiting &= ~record;
        agent.taken |= record;
        agent.stage = Stage.OPEN;
        if (isFenced(m)) {
            rollBackFenced(m);
        } else {
            world.transactionOf(m).records |= record;
        }
    }

    void sendOffsets(int m) {
        Agent agent = world.agents[m];
        if (isFenced(m)) {
            rollBackFenced(m);
        } else if (agent.isExpelled && rules.checksGeneration()) {
            agent.stage = Stage.REFUSED;
        } else {
            agent.stage = Stage.COMPLETE;
            world.transactionOf(m).offset = rules.carriesOffsets() ? rules.offsetAfter(agent.taken) : 0;
        }
    }

    void commit(int m) {
        Agent agent = world.agents[m];
        if (isFenced(m)) {
            agent.stage = Stage.UNKNOWN;
            return;
        }
        receiveCommit(m);
        if (!rules.carriesOffsets()) {
            world.committed = Math.max(world.committed, rules.offsetAfter(agent.taken));
        }
        agent.clearTransaction();
    }

    /** No answer comes. Until another producer starts, the commit can still arrive. */
    void sendCommit(int m) {
        world.transactionOf(m).isCommitOnItsWay = !isFenced(m);
        world.agents[m].stage = Stage.UNKNOWN;
    }

    void receiveCommit(int m) {
        Transaction transaction = world.transactionOf(m);
        world.isDeliveredTwice |= (world.delivered & transaction.records) != 0;
        world.delivered |= transaction.records;
        if (transaction.offset > 0) {
            world.committed = transaction.offset;
        }
        transaction.clear();
    }

    void settleUnknown(int m) {
        rules.settleUnknown(world.agents[m]);
        world.agents[m].clearTransaction();
        world.agents[m].hasProducer = false;
    }

    void abort(int m) {
        if (isFenced(m)) {
            rollBackFenced(m);
        } else {
            world.transactionOf(m).clear();
            rollBack(world.agents[m]);
        }
    }

    private void rollBackFenced(int m) {
        rollBack(world.agents[m]);
        world.agents[m].hasProducer = false;
    }

    private static void rollBack(Agent agent) {
        if (agent.queue != null && !agent.isRevoked) {
            agent.queue.waiting |= agent.taken;
        }
        agent.clearTransaction();
    }

    void timeOut(int id) {
        world.transactions[id].clear();
        world.transactions[id].producer = NOBODY;
    }

    private boolean isFenced(int m) {
        return rules.fencesPredecessor() && world.transactionOf(m).producer != m;
    }

    // The group

    void beginMove(int m) {
        world.isMoving = true;
        if (world.agents[m].queue != null) {
            world.agents[m].queue.isClosed = true;
        }
    }

    void give(int m) {
        drop(m);
        release();
    }

    void expel(int m) {
        world.agents[m].isExpelled = true;
        releaseIfOwner(m);
    }

    void noticeExpulsion(int m) {
        drop(m);
        world.agents[m].isExpelled = false;
    }

    void kill(int m) {
        world.agents[m] = new Agent();
        world.agents[m].isAlive = false;
        releaseIfOwner(m);
    }

    void start(int m) {
        world.agents[m].isAlive = true;
    }

    void assign(int m) {
        world.owner = m;
    }

    private void drop(int m) {
        Agent agent = world.agents[m];
        agent.isRevoked |= agent.taken != 0;
        agent.queue = null;
    }

    private void releaseIfOwner(int m) {
        if (world.owner == m) {
            release();
        }
    }

    private void release() {
        world.owner = NOBODY;
        world.isMoving = false;
    }

    void poll(int m) {
        Agent agent = world.agents[m];
        if (agent.queue == null) {
            agent.queue = new Queue();
            agent.queue.position = world.committed;
        }
        if (agent.queue.position < world.records) {
            agent.queue.waiting |= 1 << agent.queue.position;
            agent.queue.position++;
        }
    }
}
