// SPDX-License-Identifier: Apache-2.0
package io.flafka.dist;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flafka.testing.AgentCommand;
import io.flafka.testing.AtLeastOnce;
import io.flafka.testing.FlumeHome;
import io.flafka.testing.KafkaBrokerExtension;
import io.flafka.testing.OrderedPerPartition;
import io.flafka.testing.TestTopic;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Migrates a pipeline to these components and back, under load: topic, source, channel, sink, topic. Two agents share
 * the pipeline's groups and use the same agent file, with Flume's own type names. The agents are replaced one after the
 * other, from Flume's own components to these, and back.
 *
 * <p>Guarantees of the stock components: a group member reads each of its partitions from the committed offset, without
 * a gap, and commits only delivered records. So events of a partition first arrive in order, whatever members repeat or
 * do at the same time. The stock components break this order if their producers retry (five requests in flight, not
 * idempotent) or if takes are rolled back. Neither happens while the brokers are healthy. All three topics have the
 * same number of partitions and the events keep their keys, so the events of a partition stay together.
 *
 * <p>Duplicates of the stock components: they cannot finish their work before a rebalance revokes their partitions. The
 * next owner delivers again the batch that a member is processing, or whose commit the group rejects because of the
 * rebalance. That is one batch per member and rebalance, both for the sources' group and for the channels'. (The stock
 * source commits the rejected offsets later, when the next owner may already have committed higher ones. The next
 * commit of that owner corrects this soon after. So it matters only if the owner stops in between.)
 */
class MigrationAndRollbackIT {

    @RegisterExtension
    static final KafkaBrokerExtension KAFKA = KafkaBrokerExtension.shared();

    private static final Logger LOG = System.getLogger(MigrationAndRollbackIT.class.getName());
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int PARTITIONS = 4;
    private static final int ENOUGH = 1000;
    private static final int BATCH = 100;
    private static final int MEMBERS = 2;

    private final TestTopic in = KAFKA.topic(PARTITIONS);
    private final TestTopic channelTopic = KAFKA.topic(PARTITIONS);
    private final TestTopic out = KAFKA.topic(PARTITIONS);

    private final String sources = "sources-of-" + in.name();
    private final String channels = "channels-of-" + channelTopic.name();

    private final AtLeastOnce atLeastOnce = new AtLeastOnce();
    private final OrderedPerPartition order = new OrderedPerPartition();

    @Test
    void migratesAPipelineAndBackWithoutLossAndInOrder(@TempDir Path directory) throws Exception {
        try (SteadyLoad load = new SteadyLoad(in, atLeastOnce, order);
                RollingAgent left = agent(directory.resolve("left"));
                RollingAgent right = agent(directory.resolve("right"))) {
            left.awaitMoving();
            right.awaitMoving();
            awaitMore();

            left.takeOverAndRestart();
            awaitMore();
            right.takeOverAndRestart();
            awaitMore();
            left.takeOverAndRestart("--undo");
            awaitMore();
            right.takeOverAndRestart("--undo");
            awaitMore();
            load.stop();
            awaitAll();
            left.stop();
            right.stop();

            assertThat(left.kafkaVersions()).containsExactly("2.7.2", "4.4.0", "2.7.2");
            assertThat(right.kafkaVersions()).containsExactly("2.7.2", "4.4.0", "2.7.2");
            assertAllInOrder();
            assertFewAreRepeated(left, right);
        }
    }

    private void assertFewAreRepeated(RollingAgent left, RollingAgent right) {
        long bySources = channelTopic.sumOfEndOffsets() - in.sumOfEndOffsets();
        long bySinks = out.sumOfEndOffsets() - channelTopic.sumOfEndOffsets();
        int ofSources = Math.max(left.rebalances(sources), right.rebalances(sources));
        int ofChannels = Math.max(left.rebalances(channels), right.rebalances(channels));
        LOG.log(
                Level.INFO,
                "{0} events; sources repeated {1} in {2} rebalances, sinks {3} in {4}",
                in.sumOfEndOffsets(),
                bySources,
                ofSources,
                bySinks,
                ofChannels);
        assertThat(bySources).isBetween(0L, (long) ofSources * MEMBERS * BATCH);
        assertThat(bySinks).isBetween(0L, (long) ofChannels * MEMBERS * BATCH);
        assertThat((long) atLeastOnce.duplicates()).isEqualTo(bySources + bySinks);
    }

    /** The agent file has only properties that both implementations know. */
    private RollingAgent agent(Path directory) {
        FlumeHome home = Distribution.installedIn(FlumeHome.withStockKafka(directory));
        AgentCommand command = AgentCommand.of(home, "a", """
                a.sources = r
                a.channels = c
                a.sinks = k
                a.sources.r.type = org.apache.flume.source.kafka.KafkaSource
                a.sources.r.kafka.bootstrap.servers = %1$s
                a.sources.r.kafka.topics = %2$s
                a.sources.r.kafka.consumer.group.id = %3$s
                a.sources.r.kafka.consumer.auto.offset.reset = earliest
                a.sources.r.kafka.consumer.heartbeat.interval.ms = 500
                a.sources.r.kafka.consumer.session.timeout.ms = 6000
                a.sources.r.batchSize = %7$d
                a.sources.r.backoffSleepIncrement = 100
                a.sources.r.maxBackoffSleep = 200
                a.sources.r.channels = c
                a.channels.c.type = org.apache.flume.channel.kafka.KafkaChannel
                a.channels.c.kafka.bootstrap.servers = %1$s
                a.channels.c.kafka.topic = %4$s
                a.channels.c.kafka.consumer.group.id = %5$s
                a.channels.c.kafka.pollTimeout = 3000
                a.channels.c.kafka.consumer.heartbeat.interval.ms = 500
                a.channels.c.kafka.consumer.session.timeout.ms = 6000
                a.sinks.k.type = org.apache.flume.sink.kafka.KafkaSink
                a.sinks.k.kafka.bootstrap.servers = %1$s
                a.sinks.k.kafka.topic = %6$s
                a.sinks.k.allowTopicOverride = false
                a.sinks.k.flumeBatchSize = %7$d
                a.sinks.k.channel = c
                """.formatted(
                KAFKA.bootstrapServers(), in.name(), sources, channelTopic.name(), channels, out.name(), BATCH));
        // A quick start, because the agents start six times.
        return new RollingAgent(command.with("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    }

    private void awaitMore() {
        long before = out.sumOfEndOffsets();
        await().atMost(PATIENCE).until(() -> out.sumOfEndOffsets() >= before + ENOUGH);
    }

    private void awaitAll() {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> out.readToEnd().stream()
                                .map(MigrationAndRollbackIT::text)
                                .distinct()
                                .count()
                        >= in.sumOfEndOffsets());
    }

    private void assertAllInOrder() {
        out.readToEnd().forEach(record -> {
            atLeastOnce.addArrived(List.of(text(record)));
            order.addArrived(record.partition(), List.of(text(record)));
        });
        atLeastOnce.assertHolds();
        order.assertHolds();
    }

    private static String text(ConsumerRecord<byte[], byte[]> record) {
        return new String(record.value(), UTF_8);
    }
}
