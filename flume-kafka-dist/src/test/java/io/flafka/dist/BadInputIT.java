// SPDX-License-Identifier: Apache-2.0
package io.flafka.dist;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.testing.AgentCommand;
import io.flafka.testing.AgentProcess;
import io.flafka.testing.FlumeHome;
import io.flafka.testing.FreePort;
import io.flafka.testing.KafkaBrokerExtension;
import io.flafka.testing.NetcatClient;
import io.flafka.testing.TestTopic;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What an operator reads in a real agent's log if the agent file, Kafka or an event is wrong. */
class BadInputIT {

    /** This broker does not create topics automatically. */
    @RegisterExtension
    static final KafkaBrokerExtension KAFKA = KafkaBrokerExtension.shared();

    private static final String ANONYMOUS = "user 'ANONYMOUS', which does not log in (PLAINTEXT)";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern STACK_TRACE = Pattern.compile("^\tat ", Pattern.MULTILINE);

    private static final String REMEDY =
            "; fix the cause, or skip the record with errors.tolerance=all and errors.deadletterqueue.topic.name";

    private static final String NO_EVENT =
            "not a Flume Avro event: more headers than the value can contain at byte 0 of 3; set %s = false if another program writes the topic";

    @TempDir
    private static Path directory;

    private static FlumeHome home;

    @BeforeAll
    static void unzipThePlugin() {
        home = Distribution.installedIn(FlumeHome.withoutStockKafka(directory));
    }

    @Test
    void rejectsWrongConfigurationsWithAdviceAndRunsTheOtherComponents() throws Exception {
        TestTopic topic = KAFKA.topic();
        int port = FreePort.find();

        try (AgentProcess agent = AgentCommand.of(home, "wrong", BadInput.wrongConfiguration(port, topic))
                        .launch();
                NetcatClient netcat = NetcatClient.connect(port)) {
            netcat.send("through");

            assertThat(topic.readValues(1)).containsExactly("through");
            assertThat(agent.log()).contains("""
                            ConfigurationException: Kafka source nobrokers: 1 problem in its configuration
                             - wrong.sources.nobrokers.kafka.bootstrap.servers is missing: write the brokers as host:port, or several separated by commas
                            """, """
                            ConfigurationException: Kafka sink nonumber: 1 problem in its configuration
                             - wrong.sinks.nonumber.flumeBatchSize = 'many' must be an integer from 1 to 2147483647
                            """, """
                            ConfigurationException: Kafka sink disagree: 1 problem in its configuration
                             - wrong.sinks.disagree.kafka.topic = 'a' and topic = 'b' disagree: keep one of them, as kafka.topic
                            """, """
                            ConfigurationException: Kafka channel nonumber: 1 problem in its configuration
                             - wrong.channels.nonumber.kafka.pollTimeout = 'soon' must be a number of milliseconds from 0 to 2147483647
                            Possible cause, otherwise harmless:
                             - wrong.channels.nonumber.parseAsFlumeEvents is not known and has no effect; did you mean parseAsFlumeEvent?
                            """);
            assertThat(agent.log())
                    .contains(
                            " - Kafka sink good: kafka.topik is not known and has no effect; did you mean kafka.topic?\n",
                            " - Kafka sink good: topic is a former name: write kafka.topic\n",
                            "Incompatible source and channel settings defined. source's batch size is greater than the channels"
                                    + " transaction capacity. Source: greedy, batch size = 1000, channel small, transaction"
                                    + " capacity = 100\n");
        }
    }

    @Test
    void reportsUnreachableKafkaInOneLineAndWaitsForIt() throws Exception {
        String id = UUID.randomUUID().toString().substring(0, 8);
        String nobody = "127.0.0.1:" + FreePort.find();
        TestTopic out = KAFKA.topic();
        List<Integer> ports = List.of(FreePort.find(), FreePort.find(), FreePort.find(), FreePort.find());
        String agentFile = BadInput.flows("far", nobody, id + "-far", ports.get(0), ports.get(1))
                + BadInput.flows("new", KAFKA.bootstrapServers(), id, ports.get(2), ports.get(3))
                + BadInput.sinks("far", "null", out)
                + BadInput.sinks("new", "io.flafka.KafkaSink", out)
                + BadInput.componentNames("far", "new");

        try (AgentProcess agent = AgentCommand.of(home, "a", agentFile).start()) {
            unreachable(agent, nobody, id + "-far", ports.get(0), ports.get(1));
            missing(agent, KAFKA.bootstrapServers(), id, ports.get(2), ports.get(3));
            assertNoStackTrace(agent);

            TestTopic.create(KAFKA.cluster(), id + "-read", 1);
            TestTopic write = TestTopic.create(KAFKA.cluster(), id + "-write", 1);
            TestTopic.create(KAFKA.cluster(), id + "-topic", 1);

            assertThat(write.readValues(1)).containsExactly("held");
            try (NetcatClient puts = NetcatClient.connect(ports.get(3))) {
                puts.send("put");
            }
            awaitLine(agent, "KafkaSource new-read: now reads topic " + id + "-read");
            new TestTopic(id + "-read", 1, KAFKA.bootstrapServers()).send("read");
            assertThat(out.readValues(2)).containsExactlyInAnyOrder("put", "read");
        }
    }

    @Test
    void reportsABadEventWithItsPosition() throws Exception {
        TestTopic topic = KAFKA.topic();
        TestTopic noEvents = KAFKA.topic();
        noEvents.send(List.of(new ProducerRecord<>(noEvents.name(), "raw".getBytes(UTF_8))));
        int sinkPort = FreePort.find();
        int channelPort = FreePort.find();

        try (AgentProcess agent = AgentCommand.of(
                                home, "bad", BadInput.badEvents(topic, noEvents, sinkPort, channelPort))
                        .start();
                NetcatClient toSink = NetcatClient.connect(sinkPort);
                NetcatClient toChannel = NetcatClient.connect(channelPort)) {
            String partition =
                    "event header 'part' (partitionIdHeader) is 'east', which is not a partition number: it must be an integer of at least 0";
            toSink.send("line");
            awaitLine(
                    agent,
                    "DeliveryFailedException: KafkaSink write: stopped at event 1 of the batch: an event: " + partition
                            + REMEDY);
            String refused = "KafkaChannel puts: cannot put an event: " + partition + REMEDY;
            assertThatThrownBy(() -> toChannel.send("line"))
                    .hasMessage("The agent answered 'FAILED: " + refused + "' to 'line'");
            awaitLine(agent, "ChannelFailedException: " + refused);
            awaitLine(
                    agent,
                    "KafkaSource read: stopped at " + noEvents.name() + "-0 offset 0: "
                            + NO_EVENT.formatted("useFlumeEventFormat") + REMEDY
                            + ". Nothing after this record is delivered or committed; retrying");
            awaitLine(
                    agent,
                    "DeliveryFailedException: KafkaSink take: cannot take events from the channel: KafkaChannel takes: stopped at "
                            + noEvents.name() + "-0 offset 0: " + NO_EVENT.formatted("parseAsFlumeEvent") + REMEDY
                            + ". No later event of this partition is delivered; retrying");
            assertNoStackTrace(agent);
            assertThat(topic.readToEnd()).isEmpty();
        }
    }

    private static void assertNoStackTrace(AgentProcess agent) throws IOException {
        assertThat(STACK_TRACE.matcher(agent.log()).results().count())
                .as(agent.log())
                .isZero();
    }

    private static void unreachable(AgentProcess agent, String brokers, String id, int lines, int puts)
            throws IOException {
        String noAnswer = "no answer from kafka.bootstrap.servers=" + brokers
                + " (Timeout expired while fetching topic metadata); retrying";
        String notAcknowledged =
                "no answer in time from kafka.bootstrap.servers=%s (Topic %%1$s not present in metadata after"
                        + " 3000 ms.); retrying";

        neitherWritesNorPuts(agent, "far", id, notAcknowledged.formatted(brokers), lines, puts);

        awaitLine(agent, "KafkaSource far-read: " + noAnswer);
        awaitLine(agent, "KafkaChannel far-topic: " + noAnswer);
    }

    private static void missing(AgentProcess agent, String brokers, String id, int lines, int puts) throws IOException {
        String notFound = ": topic %s not found at kafka.bootstrap.servers=" + brokers
                + "; waiting for it. Create the topic, or allow "
                + ANONYMOUS + " to describe it (ACL operation Describe)";
        String notAcknowledged =
                "topic %%1$s not found at kafka.bootstrap.servers=%s (Topic %%1$s not present in metadata after"
                        + " 3000 ms.): create it, or allow " + ANONYMOUS
                        + " to describe it (ACL operation Describe); operator action required; retrying";

        neitherWritesNorPuts(agent, "new", id, notAcknowledged.formatted(brokers), lines, puts);

        awaitLine(agent, "KafkaSource new-read" + notFound.formatted(id + "-read"));
        awaitLine(agent, "KafkaChannel new-topic" + notFound.formatted(id + "-topic"));
    }

    /** The sink keeps its event, and the channel rejects the put. Both report the reason. */
    private static void neitherWritesNorPuts(
            AgentProcess agent, String flow, String id, String reason, int linesPort, int putsPort) throws IOException {
        String refused = "KafkaChannel " + flow + "-topic: record 1 of 1, for topic " + id
                + "-topic, was not acknowledged: " + reason.formatted(id + "-topic");
        try (NetcatClient lines = NetcatClient.connect(linesPort);
                NetcatClient puts = NetcatClient.connect(putsPort)) {
            lines.send("held");
            assertThatThrownBy(() -> puts.send("refused"))
                    .hasMessage("The agent answered 'FAILED: " + refused + "' to 'refused'");
        }
        awaitLine(agent, "ChannelFailedException: " + refused);
        awaitLine(
                agent,
                "DeliveryFailedException: KafkaSink " + flow + "-write: record 1 of 1, for topic " + id
                        + "-write, was not acknowledged: " + reason.formatted(id + "-write"));
    }

    private static void awaitLine(AgentProcess agent, String text) {
        agent.awaitLog(Pattern.quote(text) + "$", PATIENCE);
    }
}
