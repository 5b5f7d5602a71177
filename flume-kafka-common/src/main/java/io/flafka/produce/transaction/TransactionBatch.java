// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce.transaction;

import io.flafka.exactlyonce.OffsetsToCommit;
import io.flafka.produce.batch.BatchPublisher.RecordsInFlight;
import io.flafka.produce.batch.ClearBits;
import io.flafka.produce.batch.PublishException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * The records and offsets of a batch that is written as one Kafka transaction: all of them or none. They are sent when all are added. After a bad record was
 * disposed of, the others can be published without it.
 *
 * <p>For one thread.
 */
final class TransactionBatch implements RecordsInFlight {

    private final TransactionalPublisher publisher;
    private final OffsetsToCommit offsets;
    /** Null for an entry that needs no record. */
    private final List<@Nullable ProducerRecord<String, byte[]>> all = new ArrayList<>();

    private final BitSet done = new BitSet();

    TransactionBatch(TransactionalPublisher publisher, OffsetsToCommit offsets) {
        this.publisher = publisher;
        this.offsets = offsets;
    }

    @Override
    public boolean send(ProducerRecord<String, byte[]> record) {
        all.add(record);
        return true;
    }

    @Override
    public void addDone() {
        done.set(all.size());
        all.add(null);
    }

    @Override
    public void markDone(int index) {
        done.set(index);
    }

    /** Only notes the record: {@link #await} publishes every record that is not done. */
    @Override
    public void sendAgain(int index, ProducerRecord<String, byte[]> record) {
        all.set(index, record);
    }

    @Override
    public List<Integer> pending() {
        return ClearBits.below(all.size(), done);
    }

    @Override
    public ProducerRecord<String, byte[]> record(int index) {
        return Objects.requireNonNull(all.get(index), "an entry without a record");
    }

    @Override
    public List<PublishException> await() {
        List<Integer> pending = pending();
        try {
            publisher.publish(pending.stream().map(this::record).toList(), offsets);
        } catch (PublishException aborted) {
            return List.of(inThisBatch(aborted, pending));
        }
        done.set(0, all.size());
        return List.of();
    }

    private PublishException inThisBatch(PublishException aborted, List<Integer> pending) {
        int failed = aborted.firstFailed();
        return aborted.atIndex(failed < pending.size() ? pending.get(failed) : all.size(), all.size());
    }

    @Override
    public boolean isDone(int index) {
        return done.get(index);
    }
}
