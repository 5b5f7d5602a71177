// SPDX-License-Identifier: Apache-2.0
package io.flafka.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.testing.KafkaBrokerExtension;
import io.flafka.testing.TestTopic;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A channel and a sink form a complete agent. */
@Tag("full")
class KafkaToHdfsWithoutSourceIT {
    @RegisterExtension
    static final KafkaBrokerExtension KAFKA = KafkaBrokerExtension.shared();

    @RegisterExtension
    static final SharedHdfs HDFS = new SharedHdfs();

    @RegisterExtension
    final ExampleAgent agent = ExampleAgent.of("kafka-to-hdfs-without-source").withHadoop();

    @Test
    void writesRecordsOfAnyProducerToHdfs() {
        TestTopic topic = TestTopic.create(KAFKA.cluster(), "clicks", 1);
        List<String> before = clicks(1, 10);
        List<String> after = clicks(11, 25);
        topic.send(before.toArray(String[]::new));
        agent.replacing("localhost:9092", KAFKA.bootstrapServers())
                .replacing("hdfs://localhost:8020", HDFS.uri())
                .start();

        HDFS.awaitLines("/flume/clicks", before.size());
        topic.send(after.toArray(String[]::new));
        HDFS.awaitLines("/flume/clicks", 25);
        List<String> warnings = agent.stop();

        assertThat(HDFS.files("/flume/clicks")).hasSize(1).allSatisfy((file, content) -> {
            assertThat(file).matches("/flume/clicks/clicks\\.[0-9]+\\.json");
            assertThat(content).isEqualTo(clicks(1, 25));
        });
        assertThat(topic.committed("clicks-to-hdfs")).isEqualTo(Map.of(0, 25L));
        assertThat(warnings).containsExactly("WARN Agent configuration for 'a1' has no sources.");
    }

    private static List<String> clicks(int from, int to) {
        return IntStream.rangeClosed(from, to)
                .mapToObj("{\"click\":%d}"::formatted)
                .toList();
    }
}
