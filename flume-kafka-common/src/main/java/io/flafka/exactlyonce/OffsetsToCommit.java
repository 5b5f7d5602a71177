// SPDX-License-Identifier: Apache-2.0
package io.flafka.exactlyonce;

import java.util.List;

/** The offsets that a Kafka transaction commits together with its records. For the thread that writes the transaction. */
public interface OffsetsToCommit {

    /** No offsets: the transaction has records only. */
    OffsetsToCommit NONE = new OffsetsToCommit() {
        @Override
        public List<MemberOffsets> get() {
            return List.of();
        }

        @Override
        public void onCommitTried() {
            // No record is read again.
        }
    };

    /**
     * Returns the offsets, one entry per member. Called after Kafka has acknowledged all records, right before the commit.
     *
     * @throws PartitionsLostException if this agent no longer has one of the partitions: the transaction must be aborted
     */
    List<MemberOffsets> get();

    /**
     * Called right before the commit is tried. From then on the offsets may be committed, until the caller knows better. If the records are not known
     * to be delivered in the end, they must be read again from the group's committed offset, which Kafka gives out only when the transaction has
     * ended.
     */
    void onCommitTried();
}
