// SPDX-License-Identifier: Apache-2.0
package io.flafka.consume.offsets;

import io.flafka.client.MetadataUpdates;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;

/** A mock consumer with {@code auto.offset.reset = none}, like the real one, that answers as a test says. For one thread. */
final class ScriptedConsumer extends MockConsumer<byte[], byte[]> implements MetadataUpdates.Reporting {

    final MetadataUpdates updates = new MetadataUpdates(Duration.ofDays(1));
    /** The last seek of each partition that may have a leader's epoch. */
    final Map<TopicPartition, OffsetAndMetadata> seeksWithEpoch = new HashMap<>();
    /** The timestamps of offset lookups. */
    final Map<TopicPartition, Long> lookupTimes = new HashMap<>();

    private final Map<TopicPartition, Long> offsetsByTime = new HashMap<>();
    private final Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>();
    private boolean committedFails;
    private boolean commitsFail;
    private boolean lookUpsFail;
    private boolean positionsFail;
    private boolean isWokenUp;
    private int committedCalls;

    ScriptedConsumer() {
        super("none");
    }

    void has(TopicPartition partition, long begin, long end) {
        updateBeginningOffsets(Map.of(partition, begin));
        updateEndOffsets(Map.of(partition, end));
    }

    void hasAtTime(TopicPartition partition, long offset) {
        offsetsByTime.put(partition, offset);
    }

    void failCommitted(boolean fails) {
        committedFails = fails;
    }

    /** As if leaders had changed. */
    void failPositions(boolean fails) {
        positionsFail = fails;
    }

    @Override
    public synchronized long position(TopicPartition partition, Duration timeout) {
        if (positionsFail) {
            throw new TimeoutException("no leader");
        }
        return super.position(partition, timeout);
    }

    void failLookUps(boolean fails) {
        lookUpsFail = fails;
    }

    void failCommits() {
        commitsFail = true;
    }

    void wakeUpNextCall() {
        isWokenUp = true;
    }

    /** Returns how often it was asked for committed offsets. */
    int committedCalls() {
        return committedCalls;
    }

    void fetched(TopicPartition partition, long offset) {
        addRecord(new ConsumerRecord<>(partition.topic(), partition.partition(), offset, new byte[0], new byte[0]));
    }

    @Override
    public MetadataUpdates metadataUpdates() {
        return updates;
    }

    @Override
    public synchronized Map<TopicPartition, OffsetAndMetadata> committed(
            Set<TopicPartition> partitions, Duration timeout) {
        committedCalls++;
        if (isWokenUp) {
            isWokenUp = false;
            throw new WakeupException();
        }
        if (committedFails) {
            throw new TimeoutException("no coordinator");
        }
        Map<TopicPartition, OffsetAndMetadata> known = new HashMap<>(committed);
        known.keySet().retainAll(partitions);
        return known;
    }

    @Override
    public synchronized Map<TopicPartition, OffsetAndMetadata> committed(Set<TopicPartition> partitions) {
        Map<TopicPartition, OffsetAndMetadata> known = new HashMap<>(committed);
        known.keySet().retainAll(partitions);
        return known;
    }

    /** Sets the group's committed offset. */
    void hasCommitted(TopicPartition partition, OffsetAndMetadata offset) {
        committed.put(partition, offset);
    }

    void forgetCommitted(TopicPartition partition) {
        committed.remove(partition);
    }

    @Override
    public synchronized void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
        if (commitsFail) {
            throw new KafkaException("refused");
        }
        committed.putAll(offsets);
    }

    @Override
    public synchronized void commitAsync(
            Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback callback) {
        committed.putAll(offsets);
        callback.onComplete(offsets, null);
    }

    @Override
    public synchronized void seek(TopicPartition partition, OffsetAndMetadata offset) {
        seeksWithEpoch.put(partition, offset);
        super.seek(partition, offset);
    }

    @Override
    public synchronized Map<TopicPartition, OffsetAndTimestamp> offsetsForTimes(
            Map<TopicPartition, Long> times, Duration timeout) {
        lookupTimes.putAll(times);
        if (lookUpsFail) {
            throw new TimeoutException("no leader");
        }
        Map<TopicPartition, OffsetAndTimestamp> found = new HashMap<>();
        times.forEach((partition, time) -> {
            Long offset = offsetsByTime.get(partition);
            found.put(partition, offset == null ? null : new OffsetAndTimestamp(offset, time));
        });
        return found;
    }
}
