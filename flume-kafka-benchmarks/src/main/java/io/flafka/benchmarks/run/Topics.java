// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks.run;

import io.flafka.benchmarks.worker.EventRing;
import io.flafka.benchmarks.worker.FlumeForm;
import io.flafka.benchmarks.worker.LogLines;
import io.flafka.benchmarks.worker.Sends;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;

/** The topics of a measurement: empty ones for each run, and full ones that runs share. For one thread. */
final class Topics implements AutoCloseable {
    private static final int BODIES = 4096;
    private static final int MOST_BYTES = 16 << 20;
    private static final int LARGER_THAN_INDEX_INTERVAL = 5000;
    private static final Duration LEADERS = Duration.ofSeconds(30);
    private static final Duration DELETION = Duration.ofMinutes(2);

    private final String bootstrap;
    private final Path data;
    private final Admin admin;
    private final Counts counts;
    private final Map<Input, Full> full = new HashMap<>();
    private int created;

    /**
     * A topic to read from.
     *
     * @param name the topic's name
     * @param events the number of events in it
     */
    record Full(String name, long events) {}

    /**
     * What a topic to read from contains.
     *
     * @param form the format of its values
     * @param body the size of an event's body, in bytes
     * @param partitions the number of its partitions
     * @param events the number of events in it
     */
    record Input(Form form, int body, int partitions, long events) {}

    /** The format of a record's value. */
    enum Form {
        /** Only the body. */
        RAW,
        /** The complete event in Flume's format. */
        FLUME
    }

    /**
     * Creates no topic yet.
     *
     * @param data the folder in which the broker keeps its logs
     */
    Topics(String bootstrap, Path data) {
        this.bootstrap = bootstrap;
        this.data = data;
        this.admin = Admin.create(Map.of("bootstrap.servers", bootstrap));
        this.counts = new Counts(bootstrap, admin);
    }

    /** Creates a topic with this many partitions. */
    String create(int partitions) {
        return create("bench-" + created++, partitions);
    }

    /**
     * Creates a topic with two large records in each partition. With the first one a broker opens the partition's files, with the second one it
     * writes to its indexes for the first time. Both take longer than thousands of other records.
     */
    String createOpened(int partitions) {
        String topic = create(partitions);
        Sends sends = new Sends();
        try (KafkaProducer<byte[], byte[]> producer = producer()) {
            for (int record = 0; record < 2; record++) {
                for (int partition = 0; partition < partitions; partition++) {
                    sends.send(
                            producer,
                            new ProducerRecord<>(topic, partition, null, new byte[LARGER_THAN_INDEX_INTERVAL]));
                }
                producer.flush();
            }
        }
        sends.check();
        return topic;
    }

    /** Creates a topic with this name. */
    String create(String topic, int partitions) {
        get(admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1)))
                .all());
        // Right after the creation not all brokers may know the topic's leaders, which would slow down a producer.
        Awaitility.await().atMost(LEADERS).ignoreExceptions().until(() -> counts.written(topic) == 0);
        return topic;
    }

    /** Deletes topics, and returns when their files are deleted, so that this does not disturb the next run. */
    void delete(Collection<String> topics) {
        get(admin.deleteTopics(topics).all());
        Awaitility.await()
                .atMost(DELETION)
                .ignoreExceptions()
                .until(() -> topics.stream().noneMatch(this::hasFiles));
    }

    private boolean hasFiles(String topic) {
        try (Stream<Path> logs = Files.list(data)) {
            return logs.map(log -> log.getFileName().toString())
                    .anyMatch(log -> log.startsWith(topic + "-") || log.startsWith(topic + "."));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns a topic with these contents. Fills it on the first call. */
    Full full(Input input) {
        return full.computeIfAbsent(
                input,
                wanted -> fill(create(wanted.partitions()), values(wanted.form(), wanted.body()), wanted.events()));
    }

    /** Deletes the full topics that nobody needs any more: there is not memory for all. */
    void keepOnly(Collection<Input> needed) {
        full.entrySet().removeIf(topic -> !needed.contains(topic.getKey()) && isDeleted(topic.getValue()));
    }

    private static List<byte[]> values(Form form, int body) {
        LogLines lines = new LogLines();
        return Stream.generate(() -> lines.next(body))
                .map(line -> form == Form.RAW ? line : FlumeForm.of(EventRing.headers(), line))
                .limit(Math.max(1, Math.min(BODIES, MOST_BYTES / body)))
                .toList();
    }

    private boolean isDeleted(Full old) {
        delete(List.of(old.name()));
        return true;
    }

    private Full fill(String topic, List<byte[]> values, long events) {
        Sends sends = new Sends();
        try (KafkaProducer<byte[], byte[]> producer = producer()) {
            for (long i = 0; i < events; i++) {
                sends.send(producer, new ProducerRecord<>(topic, values.get((int) (i % values.size()))));
            }
        }
        sends.check();
        return new Full(topic, counts.written(topic));
    }

    private KafkaProducer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrap,
                        "batch.size",
                        65_536,
                        "linger.ms",
                        20,
                        "max.request.size",
                        8 << 20),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Returns the counts of these topics. */
    Counts counts() {
        return counts;
    }

    static <T> T get(KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    @Override
    public void close() {
        admin.close();
    }
}
