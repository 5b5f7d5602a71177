// SPDX-License-Identifier: Apache-2.0
package io.flafka.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.testing.FreePort;
import io.flafka.testing.KafkaBrokerExtension;
import io.flafka.testing.NetcatClient;
import io.flafka.testing.RuntimeClassPath;
import io.flafka.testing.TestProcess;
import io.flafka.testing.TestTopic;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** An agent file with the property names of Flume 1.6 and Flume's own type name. */
class NetcatToKafkaIT {
    @RegisterExtension
    static final KafkaBrokerExtension KAFKA = KafkaBrokerExtension.shared();

    @RegisterExtension
    final ExampleAgent agent = ExampleAgent.of("netcat-to-kafka");

    @TempDir
    Path directory;

    @Test
    void kafkasConsoleConsumerReadsTheLinesOfAnApplication() throws Exception {
        TestTopic.create(KAFKA.cluster(), "mytopic", 1);
        // More than two batches of 20, and not a multiple of 20.
        List<String> lines =
                IntStream.rangeClosed(1, 50).mapToObj(i -> "line " + i).toList();
        int port = FreePort.find();
        agent.replacing("localhost:9092", KAFKA.bootstrapServers())
                .replacing("44444", Integer.toString(port))
                .start();

        try (NetcatClient application = NetcatClient.connect(port)) {
            application.send(lines);
        }
        List<String> printed = consoleConsumer("mytopic", lines.size());
        List<String> warnings = agent.stop();

        assertThat(printed).filteredOn(line -> line.startsWith("line ")).containsExactlyElementsOf(lines);
        assertThat(printed).contains("Processed a total of 50 messages");
        assertThat(warnings)
                .containsExactlyInAnyOrder(
                        "WARN Kafka sink k1: brokerList is a former name: write kafka.bootstrap.servers",
                        "WARN Kafka sink k1: topic is a former name: write kafka.topic",
                        "WARN Kafka sink k1: requiredAcks is a former name: write kafka.producer.acks",
                        "WARN Kafka sink k1: batchSize is a former name: write flumeBatchSize");
        assertThat(agent.log()).contains("io.flafka.sink.SinkComponent - KafkaSink k1: writes to topic mytopic");
    }

    /** Runs the main class of {@code kafka-console-consumer.sh}. */
    private List<String> consoleConsumer(String topic, int count) {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                RuntimeClassPath.named("kafka-4.4.0").classPathAfter(),
                "org.apache.kafka.tools.consumer.ConsoleConsumer",
                "--bootstrap-server",
                KAFKA.bootstrapServers(),
                "--topic",
                topic,
                "--from-beginning",
                "--max-messages",
                Integer.toString(count));
        try (TestProcess consumer =
                TestProcess.start("console consumer", command, Map.of(), directory.resolve("console.log"))) {
            int exitCode = consumer.awaitExit(Duration.ofMinutes(2));
            assertThat(exitCode).as(consumer.log()).isZero();
            return consumer.log().lines().toList();
        }
    }
}
