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

/** Kafka's mock, without a reset of its own as the real one, that answers as it is told. For one thread. */
final class ScriptedConsumer extends MockConsumer<byte[], byte[]> implements MetadataUpdates.Reporting {

    final MetadataUpdates updates = new MetadataUpdates(Duration.ofDays(1));
    /** The last seeks with an offset that may have a leader's epoch. */
    final Map<TopicPartition, OffsetAndMetadata> soughtWithEpoch = new HashMap<>();
    /** What was asked for by time. */
    final Map<TopicPartition, Long> askedTimes = new HashMap<>();

    private final Map<TopicPartition, Long> offsetsByTime = new HashMap<>();
    private final Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>();
    private boolean knowsNoOffsets;
    private boolean refusesCommits;
    private boolean wokenUp;
    private int questions;

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

    void knowsNoOffsets(boolean knowsNone) {
        knowsNoOffsets = knowsNone;
    }

    void refusesCommits() {
        refusesCommits = true;
    }

    void isWokenUp() {
        wokenUp = true;
    }

    /** How often it was asked for committed offsets. */
    int questions() {
        return questions;
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
        questions++;
        if (wokenUp) {
            wokenUp = false;
            throw new WakeupException();
        }
        if (knowsNoOffsets) {
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

    /** The group has from before. */
    void hasCommitted(TopicPartition partition, OffsetAndMetadata offset) {
        committed.put(partition, offset);
    }

    void forgetCommitted(TopicPartition partition) {
        committed.remove(partition);
    }

    @Override
    public synchronized void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
        if (refusesCommits) {
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
        soughtWithEpoch.put(partition, offset);
        super.seek(partition, offset);
    }

    @Override
    public synchronized Map<TopicPartition, OffsetAndTimestamp> offsetsForTimes(
            Map<TopicPartition, Long> times, Duration timeout) {
        askedTimes.putAll(times);
        Map<TopicPartition, OffsetAndTimestamp> found = new HashMap<>();
        times.forEach((partition, time) -> {
            Long offset = offsetsByTime.get(partition);
            found.put(partition, offset == null ? null : new OffsetAndTimestamp(offset, time));
        });
        return found;
    }
}
