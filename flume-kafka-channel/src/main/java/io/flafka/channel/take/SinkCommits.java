// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.take;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.flafka.exactlyonce.MemberOffsets;
import io.flafka.exactlyonce.PartitionsLostException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * What sinks need of one reader to commit its offsets in their own Kafka transactions: its membership in the group. And what they ask of it: to read
 * partitions again from their committed offsets.
 *
 * <p>Thread-safe. The membership can be older than that of the consumer: the brokers then refuse the offsets. It is never newer than the queues of
 * its reader, so a sink cannot commit for a partition that the reader has lost.
 */
public final class SinkCommits {

    /**
     * The membership of a consumer.
     *
     * @param metadata the member and its generation
     * @param addMetadata adds the text that the channel commits with each offset; for any thread
     */
    private record Membership(
            ConsumerGroupMetadata metadata, UnaryOperator<Map<TopicPartition, OffsetAndMetadata>> addMetadata) {}

    @GuardedBy("this")
    private @Nullable Membership membership;

    @GuardedBy("this")
    private final Set<TopicPartition> toReadAgain = new HashSet<>();

    /** Sets the membership. For the reader's thread, after each poll and before the records of that poll are taken. */
    public synchronized void setMembership(
            ConsumerGroupMetadata metadata, UnaryOperator<Map<TopicPartition, OffsetAndMetadata>> addMetadata) {
        membership = new Membership(metadata, addMetadata);
    }

    /** Returns the offsets as the sink must send them. The reader must have their partitions. */
    MemberOffsets toSend(Map<TopicPartition, OffsetAndMetadata> offsets) {
        Membership current;
        synchronized (this) {
            current = membership;
        }
        if (current == null) {
            throw new PartitionsLostException("the reader of " + offsets.keySet() + " is not a member of its group");
        }
        return new MemberOffsets(current.metadata(), current.addMetadata().apply(offsets));
    }

    synchronized void requestReadAgain(TopicPartition partition) {
        toReadAgain.add(partition);
    }

    synchronized void cancelReadAgain(TopicPartition partition) {
        toReadAgain.remove(partition);
    }

    /** Returns the partitions that must be read again from their committed offsets, and forgets the request. */
    public synchronized Set<TopicPartition> takePartitionsToReadAgain() {
        Set<TopicPartition> partitions = new HashSet<>(toReadAgain);
        toReadAgain.clear();
        return partitions;
    }
}
