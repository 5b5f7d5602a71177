// SPDX-License-Identifier: Apache-2.0
package io.flafka.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.testing.KafkaBrokerExtension;
import io.flafka.testing.TestTopic;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The lines of a growing log file are written to a topic. */
class LogFileToKafkaIT {
    @RegisterExtension
    static final KafkaBrokerExtension KAFKA = KafkaBrokerExtension.shared();

    @RegisterExtension
    final ExampleAgent agent = ExampleAgent.of("log-file-to-kafka");

    @TempDir
    Path directory;

    @Test
    void writesTheLastTenLinesAndAllNewOnesAcrossARotation() throws Exception {
        TestTopic topic = TestTopic.create(KAFKA.cluster(), "app-log", 1);
        Path log = directory.resolve("app.log");
        Files.write(log, lines(1, 15));
        agent.replacing("localhost:9092", KAFKA.bootstrapServers())
                .replacing("/var/log/app.log", log.toString())
                .start();

        topic.read(10);
        Files.write(log, lines(16, 45), StandardOpenOption.APPEND);
        topic.read(40);
        Files.move(log, directory.resolve("app.log.1"));
        Files.write(log, lines(46, 48));
        List<String> read = topic.readValues(43);
        List<String> warnings = agent.stop();

        assertThat(read).isEqualTo(lines(6, 48));
        assertThat(warnings)
                .containsExactly("WARN Kafka sink k1: kafka.flumeBatchSize is a former name: write flumeBatchSize");
        assertThat(processesWithArgument(log)).isEmpty();
    }

    private static List<String> lines(int from, int to) {
        return IntStream.rangeClosed(from, to)
                .mapToObj(i -> "INFO request " + i)
                .toList();
    }

    private static Stream<String> processesWithArgument(Path file) {
        return ProcessHandle.allProcesses()
                .flatMap(process -> process.info().commandLine().stream())
                .filter(command -> command.contains(file.toString()));
    }
}
