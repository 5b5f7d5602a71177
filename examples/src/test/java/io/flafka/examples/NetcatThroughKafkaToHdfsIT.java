// SPDX-License-Identifier: Apache-2.0
package io.flafka.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.testing.FreePort;
import io.flafka.testing.KafkaBrokerExtension;
import io.flafka.testing.NetcatClient;
import io.flafka.testing.TestTopic;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A topic is the channel between a source and a sink. */
@Tag("full")
class NetcatThroughKafkaToHdfsIT {
    @RegisterExtension
    static final KafkaBrokerExtension KAFKA = KafkaBrokerExtension.shared();

    @RegisterExtension
    static final SharedHdfs HDFS = new SharedHdfs();

    @RegisterExtension
    final ExampleAgent agent = ExampleAgent.of("netcat-through-kafka-to-hdfs").withHadoop();

    @Test
    void passesLinesAndHeadersThroughKafka() throws Exception {
        TestTopic topic = TestTopic.create(KAFKA.cluster(), "lines-channel", 1);
        List<String> lines =
                IntStream.rangeClosed(1, 40).mapToObj(i -> "line " + i).toList();
        int port = FreePort.find();
        agent.replacing("localhost:9092", KAFKA.bootstrapServers())
                .replacing("44444", Integer.toString(port))
                .replacing("hdfs://localhost:8020", HDFS.uri())
                .start();

        Map<Integer, Long> endOffsetsAfterOk;
        try (NetcatClient application = NetcatClient.connect(port)) {
            application.send(lines);
            endOffsetsAfterOk = topic.endOffsets();
        }
        HDFS.awaitLines("/flume/lines", lines.size());
        List<String> warnings = agent.stop();

        assertThat(endOffsetsAfterOk).isEqualTo(Map.of(0, 40L));
        assertThat(HDFS.files("/flume/lines")).hasSize(1).allSatisfy((file, content) -> {
            assertThat(file).matches("/flume/lines/north/lines\\.[0-9]+\\.txt");
            assertThat(content).isEqualTo(lines);
        });
        assertThat(topic.committed("lines-to-hdfs")).isEqualTo(Map.of(0, 40L));
        assertThat(warnings).isEmpty();
    }
}
