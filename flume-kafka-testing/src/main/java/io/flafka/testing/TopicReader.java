// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads a topic's committed records from the beginning, without a consumer group. The records of a partition are in
 * order. For one thread.
 */
final class TopicReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);

    private final TestTopic topic;
    private final List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    private final KafkaConsumer<byte[], byte[]> consumer;

    TopicReader(TestTopic topic) {
        topic.awaitUsable();
        this.topic = topic;
        this.consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        topic.bootstrapServers(),
                        "isolation.level",
                        "read_committed",
                        "enable.auto.commit",
                        false),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        consumer.assign(topic.all());
        consumer.seekToBeginning(topic.all());
    }

    /** Reads until there are at least {@code count} records. */
    List<ConsumerRecord<byte[], byte[]>> read(int count, Duration timeout) {
        long start = System.nanoTime();
        while (records.size() < count) {
            if (System.nanoTime() - start > timeout.toNanos()) {
                throw late("had " + records.size() + " of " + count + " records", timeout);
            }
            consumer.poll(POLL).forEach(records::add);
        }
        return records;
    }

    /** Reads all records that exist when the call begins. */
    List<ConsumerRecord<byte[], byte[]>> readToEnd(Duration timeout) {
        EndingTransactions.await(topic);
        Map<TopicPartition, Long> ends = consumer.endOffsets(topic.all());
        long start = System.nanoTime();
        while (!reached(ends)) {
            if (System.nanoTime() - start > timeout.toNanos()) {
                throw late("was not read to its end " + ends, timeout);
            }
            consumer.poll(POLL).forEach(records::add);
        }
        return records;
    }

    // By position, not by the records' offsets, because transaction markers take offsets too.
    private boolean reached(Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    private AssertionError late(String what, Duration timeout) {
        return new AssertionError("Topic " + topic.name() + " " + what + " after " + timeout);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
