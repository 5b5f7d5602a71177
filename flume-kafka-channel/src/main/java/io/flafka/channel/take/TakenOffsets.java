// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.take;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.flafka.exactlyonce.MemberOffsets;
import io.flafka.exactlyonce.OffsetsToCommit;
import io.flafka.exactlyonce.PartitionsLostException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** The offsets of the events of one take transaction, which its sink commits. For the thread of that transaction. */
final class TakenOffsets implements OffsetsToCommit {

    private final TakeBuffer buffer;
    private final OpenTake take;
    private Runnable undo;

    TakenOffsets(TakeBuffer buffer, OpenTake take) {
        this.buffer = buffer;
        this.take = take;
        this.undo = () -> buffer.rollBack(take);
    }

    @Override
    public List<MemberOffsets> get() {
        buffer.lock.lock();
        try {
            Map<TakeBuffer.Reader, Map<TopicPartition, OffsetAndMetadata>> byReader = new LinkedHashMap<>();
            for (RecordRun run : take.runs()) {
                if (run.taken() > 0) {
                    PartitionQueue queue = run.queue();
                    byReader.computeIfAbsent(readerOf(queue), reader -> new LinkedHashMap<>())
                            .put(queue.partition(), queue.offsetAfter(take));
                }
            }
            return byReader.entrySet().stream()
                    .map(each -> each.getKey().sinkCommits().toSend(each.getValue()))
                    .toList();
        } finally {
            buffer.lock.unlock();
        }
    }

    @GuardedBy("buffer.lock")
    private TakeBuffer.Reader readerOf(PartitionQueue queue) {
        return buffer.readerOf(queue)
                .orElseThrow(() -> new PartitionsLostException("partition " + queue.partition()
                        + " was revoked, or is read again from another offset, before the sink's transaction ended"));
    }

    @Override
    public void onCommitTried() {
        undo = this::abandon;
    }

    /** Undoes all takes. If the sink has tried to commit, their partitions are read again from the committed offsets. */
    void rollBack() {
        undo.run();
    }

    private void abandon() {
        buffer.lock.lock();
        try {
            for (RecordRun run : take.runs()) {
                run.queue().close();
                buffer.readerOf(run.queue()).ifPresent(reader -> {
                    reader.sinkCommits().requestReadAgain(run.queue().partition());
                    reader.wake();
                });
            }
            TakeBuffer.release(take);
            buffer.signalChange();
        } finally {
            buffer.lock.unlock();
        }
    }
}
