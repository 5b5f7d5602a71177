// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture.output;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the committed records of topics, without a group. */
public final class TopicOutput implements Output {
    private static final Logger LOG = LoggerFactory.getLogger(TopicOutput.class);
    private static final Duration POLL = Duration.ofMillis(200);

    private final List<String> topics;
    private final String deadLetters;
    private final KafkaConsumer<byte[], byte[]> consumer;

    /**
     * Reads topics.
     *
     * @param topics the output; one that does not exist yet is read once it does
     * @param deadLetters the topic of dead letters
     */
    public TopicOutput(String bootstrapServers, List<String> topics, String deadLetters) {
        this.topics = new ArrayList<>(topics);
        this.topics.add(deadLetters);
        this.deadLetters = deadLetters;
        this.consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "isolation.level",
                        "read_committed",
                        "enable.auto.commit",
                        false,
                        "auto.offset.reset",
                        "earliest",
                        "request.timeout.ms",
                        4_000,
                        "default.api.timeout.ms",
                        10_000,
                        "metadata.max.age.ms",
                        1_000),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    @Override
    public List<Delivered> next() {
        try {
            assignAll();
            if (consumer.assignment().isEmpty()) {
                // Not all brokers know a topic that was just created.
                LockSupport.parkNanos(POLL.toNanos());
                return List.of();
            }
            return poll();
        } catch (KafkaException outage) {
            LOG.debug("The output cannot be read now", outage);
            return List.of();
        }
    }

    private List<Delivered> poll() {
        List<Delivered> delivered = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
            delivered.add(
                    new Delivered(record.timestamp(), record.topic(), record.partition(), record.offset(), id(record)));
        }
        return delivered;
    }

    @Override
    public List<Delivered> all() {
        assignAll();
        consumer.seekToBeginning(consumer.assignment());
        Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
        List<Delivered> all = new ArrayList<>();
        // By position, because the markers of transactions take offsets too.
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            all.addAll(poll());
        }
        return all;
    }

    private void assignAll() {
        Set<TopicPartition> all = new HashSet<>(consumer.assignment());
        Map<String, List<PartitionInfo>> known = consumer.listTopics();
        for (String topic : topics) {
            known.getOrDefault(topic, List.of())
                    .forEach(partition -> all.add(new TopicPartition(topic, partition.partition())));
        }
        if (!all.equals(consumer.assignment())) {
            consumer.assign(all);
        }
    }

    private static String id(ConsumerRecord<byte[], byte[]> record) {
        Optional<Header> header = Optional.ofNullable(record.headers().lastHeader("id"));
        if (header.isPresent()) {
            return new String(header.get().value(), UTF_8);
        }
        return record.value() == null
                ? "unknown"
                : FlumeEvents.headers(record.value()).getOrDefault("id", "unknown");
    }

    @Override
    public boolean isDeadLetters(String place) {
        return place.equals(deadLetters);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
