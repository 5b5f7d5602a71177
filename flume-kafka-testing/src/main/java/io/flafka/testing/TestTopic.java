// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * A topic of a test's own, with what a test does to one. Every method makes its client and closes it, so that a broker
 * may come and go between two calls; every wait is bounded. For any thread.
 *
 * @param name unique
 * @param partitions how many
 * @param bootstrapServers where it lives
 */
public record TestTopic(String name, int partitions, String bootstrapServers) {
    private static final Duration TIMEOUT = Duration.ofMinutes(1);
    private static final Duration POLL = Duration.ofMillis(100);

    /** Creates a topic with a unique name, replicated to all brokers (at most three), and waits until it can be used. */
    public static TestTopic create(KafkaCluster cluster, int partitions) {
        String name = "topic-" + UUID.randomUUID().toString().substring(0, 8);
        return create(cluster, name, partitions);
    }

    /** Creates a topic with the given name. */
    public static TestTopic create(KafkaCluster cluster, String name, int partitions) {
        short replicas = (short) Math.min(3, cluster.size());
        return create(cluster, new NewTopic(name, partitions, replicas), partitions);
    }

    /** Creates a topic with partition {@code i} on the broker at index {@code i}, and nowhere else. */
    static TestTopic createUnreplicated(ForkedCluster cluster) {
        Map<Integer, List<Integer>> brokers = new HashMap<>();
        for (int partition = 0; partition < cluster.size(); partition++) {
            brokers.put(partition, List.of(partition + 1));
        }
        String name = "topic-" + UUID.randomUUID().toString().substring(0, 8);
        return create(cluster, new NewTopic(name, brokers).configs(Map.of("min.insync.replicas", "1")), cluster.size());
    }

    /** Creates a topic of one partition on the brokers with these indexes; the first one leads it. */
    static TestTopic createOn(ForkedCluster cluster, List<Integer> brokers) {
        String name = "topic-" + UUID.randomUUID().toString().substring(0, 8);
        List<Integer> ids = brokers.stream().map(index -> index + 1).toList();
        return create(cluster, new NewTopic(name, Map.of(0, ids)), 1);
    }

    private static TestTopic create(KafkaCluster cluster, NewTopic description, int partitions) {
        TestTopic topic = new TestTopic(description.name(), partitions, cluster.bootstrapServers());
        try (Admin admin = topic.admin()) {
            get(admin.createTopics(List.of(description)).all());
        }
        topic.awaitUsable();
        return topic;
    }

    /**
     * Waits until every partition's leader answers. Two things go wrong otherwise: a burst of idempotent sends straight
     * after the creation can run into endless out-of-order retries; and a client that is made while the leader is frozen
     * can stay with it, because it asks nobody for new metadata while a connection is being set up.
     */
    void awaitUsable() {
        Awaitility.await("the leaders of " + name)
                .atMost(TIMEOUT)
                .pollDelay(Duration.ZERO)
                .pollInterval(POLL)
                .ignoreExceptions()
                .until(() -> {
                    endOffsets();
                    return true;
                });
    }

    /** One of its partitions. */
    public TopicPartition partition(int number) {
        return new TopicPartition(name, number);
    }

    /** A record without a key for the first partition. */
    public ProducerRecord<byte[], byte[]> record(String value) {
        return record(0, value);
    }

    /** A record without a key. */
    public ProducerRecord<byte[], byte[]> record(int partition, String value) {
        return new ProducerRecord<>(name, partition, null, value.getBytes(UTF_8));
    }

    /** Produces values to the first partition, in order. */
    public List<RecordMetadata> send(String... values) {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (String value : values) {
            records.add(record(value));
        }
        return send(records);
    }

    /** Produces records, in order, and returns once every one is acknowledged. */
    public List<RecordMetadata> send(List<ProducerRecord<byte[], byte[]>> records) {
        awaitUsable();
        // A frozen broker takes the request and never answers: another is asked soon.
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "acks",
                "all",
                "linger.ms",
                0,
                "request.timeout.ms",
                5_000,
                "delivery.timeout.ms",
                60_000);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            List<Future<RecordMetadata>> sent =
                    records.stream().map(producer::send).toList();
            return sent.stream().map(TestTopic::get).toList();
        }
    }

    /**
     * Reads from the beginning until that many records are there, committed ones only; a partition's are in its order.
     *
     * @throws AssertionError if fewer came within a minute
     */
    public List<ConsumerRecord<byte[], byte[]>> read(int count) {
        return read(count, TIMEOUT);
    }

    /** As {@link #read(int)}, with a time limit of the caller's. */
    public List<ConsumerRecord<byte[], byte[]>> read(int count, Duration timeout) {
        try (TopicReader reader = new TopicReader(this)) {
            return reader.read(count, timeout);
        }
    }

    /** Reads all that is there now, committed ones only. */
    public List<ConsumerRecord<byte[], byte[]>> readToEnd() {
        try (TopicReader reader = new TopicReader(this)) {
            return reader.readToEnd(TIMEOUT);
        }
    }

    /** As {@link #read(int)}, the values as UTF-8. */
    public List<String> readValues(int count) {
        return read(count).stream()
                .map(record -> new String(record.value(), UTF_8))
                .toList();
    }

    /** The offsets a group has committed, by partition; a partition without one is left out. */
    public Map<Integer, Long> committed(String group) {
        try (Admin admin = admin()) {
            Map<Integer, Long> offsets = new TreeMap<>();
            get(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata())
                    .forEach((partition, offset) -> {
                        if (partition.topic().equals(name) && offset != null) {
                            offsets.put(partition.partition(), offset.offset());
                        }
                    });
            return offsets;
        }
    }

    /** Commits offsets for a group that has no members, by partition. */
    public void commit(String group, Map<Integer, Long> offsets) {
        Map<TopicPartition, OffsetAndMetadata> commits = offsets.entrySet().stream()
                .collect(Collectors.toMap(
                        offset -> partition(offset.getKey()), offset -> new OffsetAndMetadata(offset.getValue())));
        try (Admin admin = admin()) {
            get(admin.alterConsumerGroupOffsets(group, commits).all());
        }
    }

    /** The offset after the last record, by partition. */
    public Map<Integer, Long> endOffsets() {
        try (Admin admin = admin()) {
            Map<TopicPartition, OffsetSpec> latest =
                    all().stream().collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
            Map<Integer, Long> offsets = new TreeMap<>();
            for (Map.Entry<TopicPartition, ListOffsetsResultInfo> end :
                    get(admin.listOffsets(latest).all()).entrySet()) {
                offsets.put(end.getKey().partition(), end.getValue().offset());
            }
            return offsets;
        }
    }

    /** How many records have been written so far, markers of transactions included. */
    public long sumOfEndOffsets() {
        return endOffsets().values().stream().mapToLong(Long::longValue).sum();
    }

    /** Changes settings of the topic, and waits until its leader has them. */
    public void configure(Map<String, String> settings) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, name);
        List<AlterConfigOp> changes = settings.entrySet().stream()
                .map(setting -> new AlterConfigOp(
                        new ConfigEntry(setting.getKey(), setting.getValue()), AlterConfigOp.OpType.SET))
                .toList();
        try (Admin admin = admin()) {
            get(admin.incrementalAlterConfigs(Map.of(resource, changes)).all());
            Awaitility.await("settings of " + name)
                    .atMost(TIMEOUT)
                    .pollInterval(POLL)
                    .until(() -> has(
                            get(admin.describeConfigs(List.of(resource)).all()).get(resource), settings));
        }
    }

    private static boolean has(@Nullable Config config, Map<String, String> settings) {
        return config != null
                && settings.entrySet().stream()
                        .allMatch(setting -> setting.getValue()
                                .equals(config.get(setting.getKey()).value()));
    }

    /** The transactional ids with this beginning that the brokers know, in their order. */
    public List<String> transactionalIds(String beginning) {
        try (Admin admin = admin()) {
            return get(admin.listTransactions().all()).stream()
                    .map(TransactionListing::transactionalId)
                    .filter(id -> id.startsWith(beginning))
                    .sorted()
                    .toList();
        }
    }

    /** Deletes the topic. */
    public void delete() {
        try (Admin admin = admin()) {
            get(admin.deleteTopics(List.of(name)).all());
        }
    }

    List<TopicPartition> all() {
        return IntStream.range(0, partitions).mapToObj(this::partition).toList();
    }

    private Admin admin() {
        return Admin.create(Map.of(
                "bootstrap.servers", bootstrapServers, "request.timeout.ms", 5_000, "default.api.timeout.ms", 10_000));
    }

    private static <T> T get(KafkaFuture<T> future) {
        return get(future.toCompletionStage().toCompletableFuture());
    }

    private static <T> T get(Future<T> future) {
        try {
            return future.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for Kafka", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("Kafka did not do it", e);
        }
    }
}
