// SPDX-License-Identifier: Apache-2.0
package io.flafka.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.consume.offsets.StartingOffsets;
import io.flafka.testing.KafkaBrokerExtension;
import io.flafka.testing.MovedClock;
import io.flafka.testing.TestTopic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The migration with Kafka's real consumer and both group protocols, while ZooKeeper is down and after it is back. */
@Timeout(60)
class OffsetMigrationIT {

    @RegisterExtension
    static final KafkaBrokerExtension KAFKA = KafkaBrokerExtension.shared();

    private final MovedClock clock = new MovedClock();
    private final FakeZooKeeper zookeeper = new FakeZooKeeper();
    private final TestTopic topic = KAFKA.topic();
    private final List<Long> read = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(strings = {"classic", "consumer"})
    void readsNothingWhileZooKeeperIsDownAndThenContinuesAtItsOffset(String protocol) {
        topic.send("0", "1", "2", "3", "4");
        zookeeper.with("/consumers/" + topic.name() + "/offsets/" + topic.name() + "/0", "3");
        zookeeper.goDown();

        try (KafkaConsumer<byte[], byte[]> consumer = consumer(protocol)) {
            StartingOffsets migration =
                    new OffsetMigration("reader", consumer, new ZooKeeperOffsets("zk", zookeeper, topic.name()), clock);
            subscribe(consumer, migration);
            Awaitility.await().until(() -> {
                poll(consumer, migration);
                return !consumer.assignment().isEmpty();
            });
            for (int more = 0; more < 5; more++) {
                poll(consumer, migration);
            }
            assertThat(read).isEmpty();
            assertThat(topic.committed(topic.name())).isEmpty();

            zookeeper.comeBack();
            clock.move(Duration.ofSeconds(5));
            Awaitility.await().until(() -> {
                poll(consumer, migration);
                return read.size() >= 2;
            });
        }

        assertThat(read).containsExactly(3L, 4L);
        assertThat(topic.committed(topic.name())).isEqualTo(Map.of(0, 3L));
    }

    private void poll(KafkaConsumer<byte[], byte[]> consumer, StartingOffsets migration) {
        Set<TopicPartition> undecided = migration.retryUndecided();
        Set<TopicPartition> resume = new HashSet<>(consumer.paused());
        resume.removeAll(undecided);
        consumer.resume(resume);
        consumer.poll(Duration.ofMillis(100)).forEach(record -> read.add(record.offset()));
    }

    private void subscribe(KafkaConsumer<byte[], byte[]> consumer, StartingOffsets migration) {
        consumer.subscribe(List.of(topic.name()), new ConsumerRebalanceListener() {
            @Override
            public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
                migration.onRevoked(partitions);
            }

            @Override
            public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
                migration.onAssigned(partitions);
            }
        });
    }

    private KafkaConsumer<byte[], byte[]> consumer(String protocol) {
        return new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        KAFKA.bootstrapServers(),
                        "group.id",
                        topic.name(),
                        "group.protocol",
                        protocol,
                        // Without the pause, records would be read from the beginning.
                        "auto.offset.reset",
                        "earliest",
                        "enable.auto.commit",
                        "false"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }
}
