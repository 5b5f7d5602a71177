// SPDX-License-Identifier: Apache-2.0
package io.flafka.dist;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flafka.testing.AgentCommand;
import io.flafka.testing.AgentProcess;
import io.flafka.testing.AtLeastOnce;
import io.flafka.testing.FlumeHome;
import io.flafka.testing.KafkaBrokerExtension;
import io.flafka.testing.NumberedEvents;
import io.flafka.testing.TestTopic;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kafka sources in real agents: group members that are killed under load, and events that a sink after the source could
 * send back.
 */
class SourceAgentIT {

    @RegisterExtension
    static final KafkaBrokerExtension KAFKA = KafkaBrokerExtension.shared();

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int PARTITIONS = 4;
    private static final String ASSIGNED = "Adding newly assigned partitions: \\S";
    private static final int WRITTEN_AT_ONCE = 200;
    private static final int BATCH = 100;
    private static final int ENOUGH = 800;

    @TempDir
    private static Path directory;

    private static FlumeHome home;

    private final AtLeastOnce atLeastOnce = new AtLeastOnce();
    private final NumberedEvents numbers = new NumberedEvents("event");
    private final AtomicBoolean flowing = new AtomicBoolean(true);
    private final AtomicInteger read = new AtomicInteger();

    @BeforeAll
    static void unzipThePlugin() {
        home = Distribution.installedIn(FlumeHome.withoutStockKafka(directory));
    }

    @Test
    void warnsOfLoopsAndSharedTopicsByComponentName() {
        TestTopic round = KAFKA.topic();
        TestTopic in = KAFKA.topic();
        in.send("event");
        AgentCommand command = AgentCommand.of(home, "round", goingRound(round, in));

        try (AgentProcess agent = command.start()) {
            agent.awaitLog(
                    "WARN .*KafkaSource r1: reads topic " + round.name() + ", in which its channel c1 keeps", PATIENCE);
            agent.awaitLog(
                    "WARN .*KafkaSink k1: writes to topic " + round.name() + ", in which its channel c1 keeps",
                    PATIENCE);
            agent.awaitLog("WARN .*KafkaSink k2: .*Such events of all topics go to 'default-flume-topic'", PATIENCE);
        }
    }

    private static String goingRound(TestTopic round, TestTopic in) {
        return """
                round.sources = r1 r2
                round.channels = c1 c2
                round.sinks = k1 k2
                round.sources.r1.type = io.flafka.KafkaSource
                round.sources.r1.kafka.bootstrap.servers = %1$s
                round.sources.r1.kafka.topics = %2$s
                round.sources.r1.channels = c1
                round.channels.c1.type = io.flafka.KafkaChannel
                round.channels.c1.kafka.bootstrap.servers = %1$s
                round.channels.c1.kafka.topic = %2$s
                round.sinks.k1.type = io.flafka.KafkaSink
                round.sinks.k1.kafka.bootstrap.servers = %1$s
                round.sinks.k1.kafka.topic = %2$s
                round.sinks.k1.channel = c1
                round.sources.r2.type = io.flafka.KafkaSource
                round.sources.r2.kafka.bootstrap.servers = %1$s
                round.sources.r2.kafka.topics = %3$s
                round.sources.r2.kafka.consumer.group.id = round
                round.sources.r2.kafka.consumer.auto.offset.reset = earliest
                round.sources.r2.channels = c2
                round.channels.c2.type = memory
                round.channels.c2.transactionCapacity = 1000
                round.channels.c2.capacity = 1000
                round.sinks.k2.type = io.flafka.KafkaSink
                round.sinks.k2.kafka.bootstrap.servers = %1$s
                round.sinks.k2.topicHeader = topic
                round.sinks.k2.kafka.producer.max.block.ms = 1000
                round.sinks.k2.channel = c2
                """.formatted(KAFKA.bootstrapServers(), round.name(), in.name());
    }

    @Test
    void killedMembersLoseNothingAndRepeatAtMostFiveBatchesEach() {
        TestTopic in = KAFKA.topic(PARTITIONS);
        TestTopic out = KAFKA.topic();
        CompletableFuture<Void> load = CompletableFuture.runAsync(() -> writeWhileFlowing(in));

        AgentCommand fixed = member("right", in, out, "right.sources.r1.kafka.consumer.group.instance.id = right");
        try (AgentProcess left = member("left", in, out, "").launch();
                AgentProcess right = fixed.launch()) {
            left.awaitLog(ASSIGNED, PATIENCE);
            right.awaitLog(ASSIGNED, PATIENCE);
            awaitMore(out);

            left.kill();
            awaitMore(out);
            right.kill();
            // It gets its own partitions back at once, and those of the other member after the group has removed that
            // member.
            try (AgentProcess again = fixed.start()) {
                awaitMore(out);
                flowing.set(false);
                assertThat(load).succeedsWithin(PATIENCE);
                awaitAll(out);
                again.stop();
            }
        }

        assertThat(in.committed(in.name())).isEqualTo(in.endOffsets());
        atLeastOnce.addArrived(next(out));
        atLeastOnce.assertHolds();
        assertThat(atLeastOnce.duplicates()).isLessThanOrEqualTo(2 * 5 * BATCH);
    }

    @Test
    void sendsEventsBackToTheirTopicOnlyIfAllowed() {
        TestTopic closed = KAFKA.topic();
        TestTopic open = KAFKA.topic();
        TestTopic own = KAFKA.topic();
        TestTopic elsewhere = KAFKA.topic();
        AgentCommand command = AgentCommand.of(
                home,
                "loop",
                """
                loop.sources = rclosed ropen rown
                loop.channels = cclosed copen cown
                loop.sinks = kclosed kopen kown
                """ + loop("closed", closed, elsewhere) + loop("open", open, elsewhere) + loop("own", own, own)
                        + "loop.sinks.kopen.allowTopicOfOrigin = true\n");
        closed.send("a", "b", "c");
        open.send("again");
        own.send("loop");

        try (AgentProcess agent = command.start()) {
            assertThat(elsewhere.readValues(3)).containsExactly("a", "b", "c");
            await().atMost(PATIENCE).until(() -> open.sumOfEndOffsets() > 20);
            await().atMost(PATIENCE).until(() -> own.sumOfEndOffsets() > 1);
            agent.stop();

            assertThat(agent.log())
                    .containsOnlyOnce(": event header 'topic' (topicHeader) is '" + closed.name()
                            + "', the topic that a Kafka source read the event from. Such events go to kafka.topic;"
                            + " allowTopicOfOrigin = true sends them back (reported once)")
                    .containsOnlyOnce("kafka.topic is '" + own.name()
                            + "', the topic that a Kafka source read the event from. This is an endless loop, unless the topic"
                            + " is in another cluster: then set allowTopicOfOrigin = true (reported once)")
                    .doesNotContain("is '" + open.name());
        }

        assertThat(closed.sumOfEndOffsets()).isEqualTo(3);
        assertThat(elsewhere.readValues(3)).containsExactly("a", "b", "c");
        assertThat(next(open)).containsOnly("again");
    }

    /**
     * Returns a group member that copies from one topic to the other. Its file channel keeps its events when the agent
     * is killed.
     */
    private static AgentCommand member(String name, TestTopic in, TestTopic out, String more) {
        return AgentCommand.of(
                home, name, """
                %1$s.sources = r1
                %1$s.channels = c1
                %1$s.sources.r1.type = io.flafka.KafkaSource
                %1$s.sources.r1.kafka.bootstrap.servers = %2$s
                %1$s.sources.r1.kafka.topics = %3$s
                %1$s.sources.r1.kafka.consumer.group.id = %3$s
                %1$s.sources.r1.kafka.consumer.auto.offset.reset = earliest
                %1$s.sources.r1.kafka.consumer.session.timeout.ms = 6000
                %1$s.sources.r1.batchSize = %5$d
                %1$s.sources.r1.channels = c1
                %1$s.channels.c1.type = io.flafka.KafkaChannel
                %1$s.channels.c1.kafka.bootstrap.servers = %2$s
                %1$s.channels.c1.kafka.topic = %4$s
                %1$s.channels.c1.parseAsFlumeEvent = false
                %6$s
                """.formatted(name, in.bootstrapServers(), in.name(), out.name(), BATCH, more));
    }

    /** Returns a source and a sink with the headers that they set by default. */
    private static String loop(String flow, TestTopic in, TestTopic elsewhere) {
        return """
                loop.sources.r%1$s.type = io.flafka.KafkaSource
                loop.sources.r%1$s.kafka.bootstrap.servers = %2$s
                loop.sources.r%1$s.kafka.topics = %3$s
                loop.sources.r%1$s.kafka.consumer.group.id = %3$s
                loop.sources.r%1$s.kafka.consumer.auto.offset.reset = earliest
                loop.sources.r%1$s.batchSize = 100
                loop.sources.r%1$s.channels = c%1$s
                loop.channels.c%1$s.type = memory
                loop.sinks.k%1$s.type = io.flafka.KafkaSink
                loop.sinks.k%1$s.kafka.bootstrap.servers = %2$s
                loop.sinks.k%1$s.kafka.topic = %4$s
                loop.sinks.k%1$s.channel = c%1$s
                """.formatted(flow, in.bootstrapServers(), in.name(), elsewhere.name());
    }

    private void writeWhileFlowing(TestTopic in) {
        while (flowing.get()) {
            List<String> bodies = numbers.next(WRITTEN_AT_ONCE);
            atLeastOnce.addSent(bodies);
            in.send(bodies.stream()
                    .map(body -> new ProducerRecord<>(
                            in.name(), Math.floorMod(body.hashCode(), PARTITIONS), new byte[0], body.getBytes(UTF_8)))
                    .toList());
            atLeastOnce.addAcknowledged(bodies);
        }
    }

    private static void awaitMore(TestTopic out) {
        long before = out.sumOfEndOffsets();
        await().atMost(PATIENCE).until(() -> out.sumOfEndOffsets() >= before + ENOUGH);
    }

    private void awaitAll(TestTopic out) {
        await().atMost(PATIENCE).until(() -> {
            atLeastOnce.addArrived(next(out));
            return atLeastOnce.missing().isEmpty();
        });
    }

    /** Returns the records that arrived since the last call. */
    private List<String> next(TestTopic topic) {
        List<ConsumerRecord<byte[], byte[]>> all = topic.readToEnd();
        return all.subList(read.getAndSet(all.size()), all.size()).stream()
                .map(record -> new String(record.value(), UTF_8))
                .toList();
    }
}
