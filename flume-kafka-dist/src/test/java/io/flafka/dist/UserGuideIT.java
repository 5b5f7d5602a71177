// SPDX-License-Identifier: Apache-2.0
package io.flafka.dist;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.testing.AgentCommand;
import io.flafka.testing.AgentProcess;
import io.flafka.testing.FlumeHome;
import io.flafka.testing.FreePort;
import io.flafka.testing.KafkaBrokerExtension;
import io.flafka.testing.NetcatClient;
import io.flafka.testing.TestTopic;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The components with the agent files of Flume's User Guides 1.6 and 1.11, copied with their misprints. Only the
 * brokers and the topics are those of this test.
 */
@Tag("full")
class UserGuideIT {

    @RegisterExtension
    static final KafkaBrokerExtension KAFKA = KafkaBrokerExtension.shared();

    /** A warning or error of one of our components. */
    private static final Pattern WARNING_OR_ERROR =
            Pattern.compile("^\\S+ \\S+ (?:WARN|ERROR) +\\[[^]]*] io\\.flafka\\.\\S+ - (.*)$", Pattern.MULTILINE);

    @TempDir
    private static Path directory;

    private static FlumeHome home;

    private final String id = UUID.randomUUID().toString().substring(0, 8);

    @BeforeAll
    static void unzipThePlugin() {
        home = Distribution.installedIn(FlumeHome.withoutStockKafka(directory));
    }

    @Test
    void examplesRunAndOutdatedOrWrongPropertiesAreReportedOnce() throws Exception {
        TestTopic first = TestTopic.create(KAFKA.cluster(), id + "-test1", 1);
        TestTopic second = TestTopic.create(KAFKA.cluster(), id + "-test2", 1);
        TestTopic matching = TestTopic.create(KAFKA.cluster(), id + "-topic7", 1);
        TestTopic.create(KAFKA.cluster(), id + "-channel1", 1);
        TestTopic mine = TestTopic.create(KAFKA.cluster(), id + "-mytopic", 1);
        TestTopic old = TestTopic.create(KAFKA.cluster(), id + "-old", 1);
        int port = FreePort.find();

        try (AgentProcess agent = AgentCommand.of(home, "a1", agentFile(port)).launch();
                NetcatClient netcat = NetcatClient.connect(port)) {
            netcat.send("line");
            first.send("1");
            second.send("2");
            matching.send("3");

            assertThat(mine.readValues(1)).containsExactly("line");
            assertThat(old.readValues(3)).containsExactlyInAnyOrder("1", "2", "3");
            assertThat(warningsAndErrors(agent))
                    .containsExactlyInAnyOrder(
                            "Kafka source source2: timestampHeader has no effect: the record's timestamp is always in the header"
                                    + " timestamp; remove it",
                            "Kafka sink k1: kafka.flumeBatchSize is a former name: write flumeBatchSize",
                            "Kafka sink k1: kafka.partitioner.class is a former name: write kafka.producer.partitioner.class",
                            "Kafka sink k2: topic is a former name: write kafka.topic",
                            "Kafka sink k2: brokerList is a former name: write kafka.bootstrap.servers",
                            "Kafka sink k2: requiredAcks is a former name: write kafka.producer.acks",
                            "Kafka sink k2: batchSize is a former name: write flumeBatchSize",
                            "Kafka channel channel1: pollTimeout is a former name: write kafka.pollTimeout",
                            "Kafka sink sink1: kafka.flumeBatchSize is a former name: write flumeBatchSize");
            assertThat(agent.log()).contains("""
                            ConfigurationException: Kafka sink sink1: 1 problem in its configuration
                             - a1.sinks.sink1.kafka.flumeBatchSize = '20 events' must be an integer from 1 to 2147483647
                            Possible cause, otherwise harmless:
                             - a1.sinks.sink1.kafka.producer.ssl.truststore.passwort is not known to Kafka and is passed on unchanged; did you mean kafka.producer.ssl.truststore.password?
                             - a1.sinks.sink1.kafka.producer.ssl.truststore.location = '/path/to/truststore.jks' is not a readable file on this host
                            """);
        }
    }

    private static List<String> warningsAndErrors(AgentProcess agent) throws Exception {
        return WARNING_OR_ERROR
                .matcher(agent.log())
                .results()
                .map(line -> line.group(1))
                .toList();
    }

    private String agentFile(int port) {
        return AgentTemplate.named("user-guide-agent.properties")
                .with("brokers", KAFKA.bootstrapServers())
                .with("id", id)
                .with("port", port)
                .text();
    }
}
