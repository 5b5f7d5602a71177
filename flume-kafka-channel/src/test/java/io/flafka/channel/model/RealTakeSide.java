// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.model;

import io.flafka.badrecord.BadRecordPolicy;
import io.flafka.channel.metrics.ChannelMetrics;
import io.flafka.channel.take.AssignedQueues;
import io.flafka.channel.take.CommitWait;
import io.flafka.channel.take.OffsetCommits;
import io.flafka.channel.take.ReadAheadLimits;
import io.flafka.channel.take.RecordToChannelEvent;
import io.flafka.channel.take.TakeBuffer;
import io.flafka.channel.take.TakeOrdering;
import io.flafka.channel.take.TakeTransaction;
import io.flafka.channel.take.ThreadDeserializers;
import io.flafka.channel.take.UnfinishedRecords;
import io.flafka.client.ClientSettings;
import io.flafka.event.HeaderSelection;
import io.flafka.event.RawEventCodec;
import io.flafka.event.TopicBackedEvent;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.apache.flume.Event;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** The take side of one channel: the buffer, one reader's queues, and take transactions. A test seeds a fault by overriding one method. */
class RealTakeSide {

    private static final ChannelMetrics METRICS = new ChannelMetrics("c1");
    private static final BadRecordPolicy NO_BAD_RECORDS = record -> {
        throw new IllegalStateException("bad: " + record);
    };
    private static final RecordToChannelEvent MAPPING = new RecordToChannelEvent(
            new ThreadDeserializers(new ClientSettings(Map.of())).get(),
            new RawEventCodec(),
            HeaderSelection.none(),
            RecordToChannelEvent.LocationHeaders.OMITTED);

    final AssignedQueues reader;
    private final TakeBuffer buffer;
    private final Map<Integer, TakeTransaction> open = new HashMap<>();
    private Map<TopicPartition, OffsetAndMetadata> sent = Map.of();

    RealTakeSide(TakeOrdering ordering) {
        this(ordering, new OffsetCommits.ByReaders());
    }

    RealTakeSide(TakeOrdering ordering, OffsetCommits commits) {
        this.buffer = new TakeBuffer(ordering, new ReadAheadLimits(1_000, 1L << 20), commits);
        this.reader = new AssignedQueues("c1", buffer, () -> {});
    }

    static TopicPartition name(int p) {
        return new TopicPartition("t", p);
    }

    /** Adds records whose timestamp tells the incarnation of their topic. */
    void poll(int p, int incarnation, int first, int count) {
        List<ConsumerRecord<byte[], byte[]>> records = IntStream.range(first, first + count)
                .mapToObj(offset -> record(p, incarnation, offset))
                .toList();
        reader.add(
                new ConsumerRecords<>(Map.of(name(p), records), Map.of(name(p), new OffsetAndMetadata(first + count))));
    }

    private static ConsumerRecord<byte[], byte[]> record(int p, int incarnation, int offset) {
        return new ConsumerRecord<>(
                "t",
                p,
                offset,
                incarnation,
                TimestampType.CREATE_TIME,
                0,
                1,
                null,
                new byte[] {1},
                new RecordHeaders(),
                Optional.empty());
    }

    Optional<TakeLedger.Taken> take(int s) {
        Event event = transaction(s).take();
        if (event == null) {
            return Optional.empty();
        }
        ConsumerRecord<?, ?> record = (ConsumerRecord<?, ?>) ((TopicBackedEvent) event).recordIdentity();
        return Optional.of(new TakeLedger.Taken(record.partition(), (int) record.timestamp(), (int) record.offset()));
    }

    /** Returns the sink's open transaction, or a new one. */
    TakeTransaction transaction(int s) {
        return open.computeIfAbsent(
                s,
                sink -> new TakeTransaction(
                        "c1", Duration.ZERO, MAPPING, NO_BAD_RECORDS, new CommitWait.AtIntervals(), buffer, METRICS));
    }

    /** Returns how many of the transaction's events can be delivered again. */
    int complete(int s) {
        long before = METRICS.group().number("EventTakeRevokedCount");
        open.remove(s).commit();
        return (int) (METRICS.group().number("EventTakeRevokedCount") - before);
    }

    void rollBack(int s) {
        open.remove(s).rollback();
    }

    /** Returns the offset that is sent for each partition. */
    Map<Integer, Integer> sendCommit() {
        sent = reader.offsetsToCommit();
        Map<Integer, Integer> offsets = new HashMap<>();
        sent.forEach((partition, offset) -> offsets.put(partition.partition(), (int) offset.offset()));
        return offsets;
    }

    void confirmCommit() {
        reader.onCommitted(sent);
    }

    boolean drain(int p) {
        return reader.drain(List.of(name(p)), Duration.ZERO);
    }

    void revoke(int p) {
        reader.revoke(List.of(name(p)));
    }

    void forget(int p) {
        reader.forget(List.of(name(p)));
    }

    OptionalLong lowestNotDone(int p) {
        return reader.lowestPendingOffset(name(p));
    }

    long unfinished() {
        return UnfinishedRecords.of(reader);
    }
}
