// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Counts the records of topics. Thread-safe. */
final class Counts {
    /** The topic in which MirrorMaker stores its progress, if the input's cluster has the group's name. */
    private static final String MIRROR_OFFSETS = "mm2-offsets.%s.internal";

    private static final Duration POLL = Duration.ofMillis(100);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final String bootstrap;
    private final Admin admin;

    /** Counts with this client, and with consumers of its own where records must be read. */
    Counts(String bootstrap, Admin admin) {
        this.bootstrap = bootstrap;
        this.admin = admin;
    }

    /** Returns the number of records in a topic, with the markers of transactions. */
    long written(String topic) {
        return sum(ends(topic, IsolationLevel.READ_UNCOMMITTED));
    }

    /** Returns how much of a topic a reader of committed records can see now, with the markers of transactions. */
    long readable(String topic) {
        return sum(ends(topic, IsolationLevel.READ_COMMITTED));
    }

    /** Reads a topic to its end and returns the number of committed records. */
    long committedRecords(String topic) {
        long[] records = {0};
        read(topic, record -> records[0]++);
        return records[0];
    }

    /** Returns how many records of a topic a group has committed, in Kafka or in MirrorMaker's offsets topic. */
    long committed(String group, String topic) {
        String mirror = MIRROR_OFFSETS.formatted(group);
        boolean isMirror = Topics.get(admin.listTopics().names()).contains(mirror);
        return isMirror ? mirrored(mirror, topic) : committedInKafka(group, topic);
    }

    private long committedInKafka(String group, String topic) {
        return Topics.get(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata()).entrySet().stream()
                .filter(entry -> entry.getKey().topic().equals(topic))
                .mapToLong(entry -> entry.getValue().offset())
                .sum();
    }

    /** Kafka Connect stores the offset of the last record, not of the next one. */
    private long mirrored(String offsets, String topic) {
        Map<String, Long> next = new HashMap<>();
        read(offsets, record -> {
            try {
                JsonNode partition = JSON.readTree(record.key()).path(1);
                if (partition.path("topic").asText().equals(topic)) {
                    JsonNode last = JSON.readTree(record.value()).path("offset");
                    next.put(partition.toString(), last.asLong() + 1);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return sum(next);
    }

    private void read(String topic, Consumer<ConsumerRecord<byte[], byte[]>> each) {
        Map<TopicPartition, Long> ends = ends(topic, IsolationLevel.READ_COMMITTED);
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrap,
                        "isolation.level",
                        "read_committed",
                        "enable.auto.commit",
                        false,
                        "max.partition.fetch.bytes",
                        8 << 20,
                        "max.poll.records",
                        50_000),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(ends.keySet());
            consumer.seekToBeginning(ends.keySet());
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(POLL).forEach(each);
            }
        }
    }

    private Map<TopicPartition, Long> ends(String topic, IsolationLevel isolation) {
        int partitions = Topics.get(admin.describeTopics(List.of(topic)).allTopicNames()).values().stream()
                .mapToInt(description -> description.partitions().size())
                .sum();
        Map<TopicPartition, OffsetSpec> latest = IntStream.range(0, partitions)
                .boxed()
                .collect(Collectors.toMap(
                        partition -> new TopicPartition(topic, partition), partition -> OffsetSpec.latest()));
        return Topics.get(admin.listOffsets(latest, new ListOffsetsOptions(isolation))
                        .all())
                .entrySet()
                .stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, end -> end.getValue().offset()));
    }

    private static long sum(Map<?, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
