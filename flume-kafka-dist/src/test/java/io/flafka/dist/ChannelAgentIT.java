// SPDX-License-Identifier: Apache-2.0
package io.flafka.dist;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flafka.testing.AgentCommand;
import io.flafka.testing.AgentProcess;
import io.flafka.testing.AtLeastOnce;
import io.flafka.testing.FlumeHome;
import io.flafka.testing.FreePort;
import io.flafka.testing.KafkaBrokerExtension;
import io.flafka.testing.NetcatClient;
import io.flafka.testing.NumberedEvents;
import io.flafka.testing.TestTopic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A Kafka channel loses no event when its agent is killed, or when its agent file changes, under load. */
class ChannelAgentIT {

    @RegisterExtension
    static final KafkaBrokerExtension KAFKA = KafkaBrokerExtension.shared();

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int CHUNK = 50;
    private static final int ENOUGH = 300;

    @TempDir
    private static Path directory;

    private static FlumeHome home;

    private final AtLeastOnce atLeastOnce = new AtLeastOnce();
    private final NumberedEvents numbers = new NumberedEvents("event");

    @BeforeAll
    static void unzipThePlugin() {
        home = Distribution.installedIn(FlumeHome.withoutStockKafka(directory));
    }

    @Test
    void losesNothingWhenKilledDuringPutsAndTakes() throws IOException {
        killTwice("", ENOUGH);
    }

    /** The source puts each line in its own transaction, so there are fewer in the same time. */
    @Test
    void losesNothingWhenKilledDuringTransactionalPuts() throws IOException {
        killTwice("killed.channels.c1.kafka.producer.transactional.id = killed\n", ENOUGH / 10);
    }

    private void killTwice(String furtherLines, int enough) throws IOException {
        TestTopic channelTopic = KAFKA.topic(3);
        TestTopic out = KAFKA.topic();
        int port = FreePort.find();
        AgentCommand command = AgentCommand.of(
                home, "killed", """
                killed.sources = r1
                killed.channels = c1
                killed.sinks = k1
                killed.sources.r1.type = netcat
                killed.sources.r1.bind = 127.0.0.1
                killed.sources.r1.port = %d
                killed.sources.r1.channels = c1
                """.formatted(port) + channelAndSink("killed", channelTopic, out) + furtherLines);

        for (int life = 0; life < 2; life++) {
            long before = out.sumOfEndOffsets();
            try (AgentProcess agent = command.start();
                    NetcatClient netcat = NetcatClient.connect(port)) {
                CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> sendUntilItBreaks(netcat));
                await().atMost(PATIENCE).until(() -> out.sumOfEndOffsets() >= before + enough);
                agent.kill();
                assertThat(sending).succeedsWithin(PATIENCE);
                atLeastOnce.addAcknowledged(netcat.acknowledged());
            }
        }

        try (AgentProcess agent = command.start();
                NetcatClient netcat = NetcatClient.connect(port)) {
            // A put ends the Kafka transaction that was open when the agent was killed.
            List<String> last = numbers.next(1);
            netcat.send(last);
            atLeastOnce.addAcknowledged(last);
            assertAllArrive(out);
            assertThat(agent.isAlive()).isTrue();
        }
    }

    @Test
    void neitherLosesNorRepeatsEventsWhenTheAgentFileChangesUnderLoad() throws IOException {
        TestTopic in = KAFKA.topic(2);
        TestTopic channelTopic = KAFKA.topic(2);
        TestTopic out = KAFKA.topic();
        String sourceAndMore = """
                reloaded.sources = r1
                reloaded.channels = c1
                reloaded.sinks = k1
                reloaded.sources.r1.type = io.flafka.KafkaSource
                reloaded.sources.r1.kafka.bootstrap.servers = %s
                reloaded.sources.r1.kafka.topics = %s
                reloaded.sources.r1.kafka.consumer.group.id = %s
                reloaded.sources.r1.kafka.consumer.auto.offset.reset = earliest
                reloaded.sources.r1.setTopicHeader = false
                reloaded.sources.r1.channels = c1
                """.formatted(in.bootstrapServers(), in.name(), in.name())
                + channelAndSink("reloaded", channelTopic, out);
        AgentCommand command = AgentCommand.of(home, "reloaded", sourceAndMore);

        try (AgentProcess agent = command.start()) {
            send(in, ENOUGH);
            await().atMost(PATIENCE).until(() -> out.sumOfEndOffsets() >= ENOUGH);
            Files.writeString(
                    command.file(),
                    sourceAndMore.replace("reloaded.sinks = k1", "reloaded.sinks = k2 k3")
                            + "reloaded.channels.c1.ordering = none\n"
                            + sink("reloaded", "k2", out)
                            + sink("reloaded", "k3", out));
            await().atMost(PATIENCE).until(() -> {
                send(in, CHUNK);
                return agent.log().contains("Shutting down configuration");
            });
            agent.awaitLog(
                    "(?s)Shutting down configuration.*KafkaChannel c1: started; its events are stored", PATIENCE);
            send(in, ENOUGH);
            assertAllArrive(out);
            assertThat(atLeastOnce.duplicates()).isZero();
            assertThat(agent.log()).contains("KafkaSink k2: writes to", "KafkaSink k3: writes to");
        }
    }

    private static String channelAndSink(String agent, TestTopic channelTopic, TestTopic out) {
        return """
                %1$s.channels.c1.type = io.flafka.KafkaChannel
                %1$s.channels.c1.kafka.bootstrap.servers = %2$s
                %1$s.channels.c1.kafka.topic = %3$s
                %1$s.channels.c1.kafka.consumer.group.id = %3$s
                %1$s.channels.c1.kafka.consumer.session.timeout.ms = 6000
                """.formatted(agent, out.bootstrapServers(), channelTopic.name()) + sink(agent, "k1", out);
    }

    private static String sink(String agent, String name, TestTopic out) {
        return """
                %1$s.sinks.%2$s.type = io.flafka.KafkaSink
                %1$s.sinks.%2$s.kafka.bootstrap.servers = %3$s
                %1$s.sinks.%2$s.kafka.topic = %4$s
                %1$s.sinks.%2$s.channel = c1
                """.formatted(agent, name, out.bootstrapServers(), out.name());
    }

    private void sendUntilItBreaks(NetcatClient netcat) {
        try {
            while (true) {
                List<String> lines = numbers.next(CHUNK);
                atLeastOnce.addSent(lines);
                netcat.send(lines);
            }
        } catch (IOException killed) {
            // The test kills the agent, so the connection breaks.
        }
    }

    private void send(TestTopic in, int count) {
        List<String> bodies = numbers.next(count);
        in.send(bodies.toArray(String[]::new));
        atLeastOnce.addAcknowledged(bodies);
    }

    /** Reads new records of the topic until no event is missing. */
    private void assertAllArrive(TestTopic out) {
        AtomicInteger read = new AtomicInteger();
        await().atMost(PATIENCE).until(() -> {
            List<ConsumerRecord<byte[], byte[]>> all = out.readToEnd();
            atLeastOnce.addArrived(all.subList(read.getAndSet(all.size()), all.size()).stream()
                    .map(record -> new String(record.value(), UTF_8))
                    .toList());
            return atLeastOnce.missing().isEmpty();
        });
        atLeastOnce.assertHolds();
    }
}
