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
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
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
 * A topic of one test, and the operations that a test needs on it. Each method opens and closes its own client, so a
 * broker may restart between two calls. Every wait is bounded. For any thread.
 *
 * @param name a unique name
 * @param partitions the number of partitions
 * @param bootstrapServers the cluster's address
 */
public record TestTopic(String name, int partitions, String bootstrapServers) {
    private static final Duration TIMEOUT = Duration.ofMinutes(1);
    private static final Duration POLL = Duration.ofMillis(100);

    /** Creates a topic with a unique name, replicated to all brokers (at most three), and waits until it is usable. */
    public static TestTopic create(KafkaCluster cluster, int partitions) {
        String name = "topic-" + UUID.randomUUID().toString().substring(0, 8);
        return create(cluster, name, partitions);
    }

    /** Creates a topic with the given name. */
    public static TestTopic create(KafkaCluster cluster, String name, int partitions) {
        short replicas = (short) Math.min(3, cluster.size());
        return create(cluster, new NewTopic(name, partitions, replicas), partitions);
    }

    /**
     * Creates a topic with one unreplicated partition per broker: partition {@code i} is on the broker at index {@code
     * i}.
     */
    static TestTopic createUnreplicated(ForkedCluster cluster) {
        Map<Integer, List<Integer>> brokers = new HashMap<>();
        for (int partition = 0; partition < cluster.size(); partition++) {
            brokers.put(partition, List.of(partition + 1));
        }
        String name = "topic-" + UUID.randomUUID().toString().substring(0, 8);
        return create(cluster, new NewTopic(name, brokers).configs(Map.of("min.insync.replicas", "1")), cluster.size());
    }

    /** Creates a topic with one partition on the brokers at these indexes. The first one leads it. */
    static TestTopic createOn(ForkedCluster cluster, List<Integer> brokers) {
        String name = "topic-" + UUID.randomUUID().toString().substring(0, 8);
        List<Integer> ids = brokers.stream().map(index -> index + 1).toList();
        return create(cluster, new NewTopic(name, Map.of(0, ids)), 1);
    }

    private static TestTopic create(KafkaCluster cluster, NewTopic description, int partitions) {
        TestTopic topic = new TestTopic(description.name(), partitions, cluster.bootstrapServers());
        try (Admin admin = topic.admin()) {
            CreateTopicsOptions patient = new CreateTopicsOptions().timeoutMs(Math.toIntExact(TIMEOUT.toMillis()));
            get(admin.createTopics(List.of(description), patient).all());
        }
        topic.awaitUsable();
        return topic;
    }

    /**
     * Waits until every partition's leader answers. This prevents two problems. Many idempotent sends straight after
     * the creation can cause endless out-of-order retries. A client created while the leader is frozen can stay with
     * that leader, because it requests no metadata while it connects.
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

    /** Returns one of its partitions. */
    public TopicPartition partition(int number) {
        return new TopicPartition(name, number);
    }

    /** Returns a record without a key for the first partition. */
    public ProducerRecord<byte[], byte[]> record(String value) {
        return record(0, value);
    }

    /** Returns a record without a key. */
    public ProducerRecord<byte[], byte[]> record(int partition, String value) {
        return new ProducerRecord<>(name, partition, null, value.getBytes(UTF_8));
    }

    /** Sends values to the first partition, in order. */
    public List<RecordMetadata> send(String... values) {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (String value : values) {
            records.add(record(value));
        }
        return send(records);
    }

    /** Sends records, in order, and returns after all are acknowledged. */
    public List<RecordMetadata> send(List<ProducerRecord<byte[], byte[]>> records) {
        awaitUsable();
        // A frozen broker takes the request but never answers, so another broker must be asked soon.
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
     * Reads committed records from the beginning until there are {@code count}. The records of a partition are in
     * order.
     *
     * @throws AssertionError if fewer arrive within a minute
     */
    public List<ConsumerRecord<byte[], byte[]>> read(int count) {
        return read(count, TIMEOUT);
    }

    /** Same as {@link #read(int)}, with the caller's timeout. */
    public List<ConsumerRecord<byte[], byte[]>> read(int count, Duration timeout) {
        try (TopicReader reader = new TopicReader(this)) {
            return reader.read(count, timeout);
        }
    }

    /** Reads all committed records that exist now. */
    public List<ConsumerRecord<byte[], byte[]>> readToEnd() {
        try (TopicReader reader = new TopicReader(this)) {
            return reader.readToEnd(TIMEOUT);
        }
    }

    /** Same as {@link #read(int)}, but returns the values as UTF-8. */
    public List<String> readValues(int count) {
        return read(count).stream()
                .map(record -> new String(record.value(), UTF_8))
                .toList();
    }

    /**
     * Returns the offsets that a group has committed, by partition. Partitions without a committed offset are omitted.
     */
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

    /** Commits offsets, by partition, for a group that has no members. */
    public void commit(String group, Map<Integer, Long> offsets) {
        Map<TopicPartition, OffsetAndMetadata> commits = offsets.entrySet().stream()
                .collect(Collectors.toMap(
                        offset -> partition(offset.getKey()), offset -> new OffsetAndMetadata(offset.getValue())));
        try (Admin admin = admin()) {
            get(admin.alterConsumerGroupOffsets(group, commits).all());
        }
    }

    /** Returns the offset after the last record, by partition. */
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

    /** Returns the sum of all end offsets: the number of records written, plus transaction markers. */
    public long sumOfEndOffsets() {
        return endOffsets().values().stream().mapToLong(Long::longValue).sum();
    }

    /** Changes the topic's settings and waits until its leader has them. */
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

    /** Returns the known transactional ids with this prefix, sorted. */
    public List<String> transactionalIds(String beginning) {
        try (Admin admin = admin()) {
            return get(admin.listTransactions().all()).stream()
                    .map(TransactionListing::transactionalId)
                    .filter(id -> id.startsWith(beginning))
                    .sorted()
                    .toList();
        }
    }

    public void delete() {
        try (Admin admin = admin()) {
            get(admin.deleteTopics(List.of(name)).all());
        }
    }

    List<TopicPartition> all() {
        return IntStream.range(0, partitions).mapToObj(this::partition).toList();
    }

    Admin admin() {
        // A broker may have been killed or frozen.
        return Admin.create(Map.of(
                "bootstrap.servers", bootstrapServers, "request.timeout.ms", 10_000, "default.api.timeout.ms", 15_000));
    }

    private static <T> T get(KafkaFuture<T> future) {
        return get(future.toCompletionStage().toCompletableFuture());
    }

    private static <T> T get(Future<T> future) {
        return BrokerAnswer.of(future, TIMEOUT);
    }
}
