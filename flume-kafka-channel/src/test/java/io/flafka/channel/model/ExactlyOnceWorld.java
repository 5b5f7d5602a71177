// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.model;

import org.jspecify.annotations.Nullable;

/**
 * Everything that the {@link ExactlyOnceModel} knows at one moment. There is one partition to read. Sets of records are bits, one for each offset. Changed
 * only before it is shown.
 */
final class ExactlyOnceWorld {

    static final int AGENTS = 2;
    static final int NOBODY = -1;

    /** The records that an agent has read and that are not done. */
    static final class Queue {
        int position;
        int waiting;
        boolean isClosed;
    }

    /** How far an agent's transaction is. */
    enum Stage {
        NONE,
        /** It has records. */
        OPEN,
        /** The coordinator has refused its offsets. */
        REFUSED,
        /** It has its offsets. */
        COMPLETE,
        /** It was to be committed, and no answer came. */
        UNKNOWN
    }

    /** An agent: a member of the consumer group, and a transactional producer. */
    static final class Agent {
        boolean isAlive = true;
        /** The group has removed it, and it has not noticed. */
        boolean isExpelled;
        /** Its sink has a producer. Another producer of the same transactional id may have fenced it since. */
        boolean hasProducer;

        @Nullable
        Queue queue;

        Stage stage = Stage.NONE;
        /** The records in its transaction. */
        int taken;
        /** The queue that they were taken from was dropped. */
        boolean isRevoked;

        void clearTransaction() {
            stage = Stage.NONE;
            taken = 0;
            isRevoked = false;
        }
    }

    /** The transaction of a transactional id, as the brokers know it. */
    static final class Transaction {
        /** The agent whose producer started last. The others are fenced. Nobody, if the brokers have fenced the last one, too. */
        int producer;

        int records;
        /** 0 if it has no offset. */
        int offset;

        /** The commit was sent, and can still arrive. */
        boolean isCommitOnItsWay;

        boolean isEmpty() {
            return records == 0 && offset == 0;
        }

        void clear() {
            records = 0;
            offset = 0;
            isCommitOnItsWay = false;
        }
    }

    final int records;
    final Agent[] agents = new Agent[AGENTS];
    final Transaction[] transactions;
    int committed;
    int owner = NOBODY;
    boolean isMoving;
    /** The records that are in committed transactions. */
    int delivered;

    boolean isDeliveredTwice;
    int faultsLeft;

    /**
     * Creates the world at the start.
     *
     * @param ids the number of transactional ids: 1 if both agents have the same one, as when one replaces the other, which still runs
     */
    ExactlyOnceWorld(int records, int faults, int ids) {
        this.records = records;
        this.faultsLeft = faults;
        this.transactions = new Transaction[ids];
        for (int m = 0; m < AGENTS; m++) {
            agents[m] = new Agent();
        }
        for (int id = 0; id < ids; id++) {
            transactions[id] = new Transaction();
            transactions[id].producer = NOBODY;
        }
    }

    Transaction transactionOf(int m) {
        return transactions[m % transactions.length];
    }

    boolean hasOpenOffset() {
        for (Transaction transaction : transactions) {
            if (transaction.offset > 0) {
                return true;
            }
        }
        return false;
    }

    ExactlyOnceWorld copy() {
        ExactlyOnceWorld copy = new ExactlyOnceWorld(records, faultsLeft, transactions.length);
        copy.committed = committed;
        copy.owner = owner;
        copy.isMoving = isMoving;
        copy.delivered = delivered;
        copy.isDeliveredTwice = isDeliveredTwice;
        for (int m = 0; m < AGENTS; m++) {
            copyTo(copy.agents[m], agents[m]);
        }
        for (int id = 0; id < transactions.length; id++) {
            copy.transactions[id].producer = transactions[id].producer;
            copy.transactions[id].records = transactions[id].records;
            copy.transactions[id].offset = transactions[id].offset;
            copy.transactions[id].isCommitOnItsWay = transactions[id].isCommitOnItsWay;
        }
        return copy;
    }

    private static void copyTo(Agent copy, Agent from) {
        copy.isAlive = from.isAlive;
        copy.isExpelled = from.isExpelled;
        copy.hasProducer = from.hasProducer;
        copy.stage = from.stage;
        copy.taken = from.taken;
        copy.isRevoked = from.isRevoked;
        if (from.queue != null) {
            copy.queue = new Queue();
            copy.queue.position = from.queue.position;
            copy.queue.waiting = from.queue.waiting;
            copy.queue.isClosed = from.queue.isClosed;
        }
    }

    String key() {
        StringBuilder text = new StringBuilder();
        text.append((char) faultsLeft).append((char) committed).append((char) (owner + 1));
        text.append(isMoving ? 'y' : 'n').append((char) delivered).append(isDeliveredTwice ? 'y' : 'n');
        for (Transaction transaction : transactions) {
            text.append((char) (transaction.producer + 1)).append((char) transaction.records);
            text.append((char) transaction.offset).append(transaction.isCommitOnItsWay ? 'y' : 'n');
        }
        for (Agent agent : agents) {
            text.append(agent.isAlive ? 'y' : 'n').append(agent.isExpelled ? 'y' : 'n');
            text.append(agent.hasProducer ? 'y' : 'n');
            text.append(agent.stage).append((char) agent.taken);
            text.append(agent.isRevoked ? 'y' : 'n');
            Queue queue = agent.queue;
            if (queue != null) {
                text.append((char) queue.position).append((char) queue.waiting);
                text.append(queue.isClosed ? 'y' : 'n');
            }
            text.append('/');
        }
        return text.toString();
    }
}
