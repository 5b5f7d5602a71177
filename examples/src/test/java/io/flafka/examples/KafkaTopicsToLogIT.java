// SPDX-License-Identifier: Apache-2.0
package io.flafka.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.testing.KafkaBrokerExtension;
import io.flafka.testing.TestTopic;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The agent logs the records of two topics. */
class KafkaTopicsToLogIT {
    // The logger sink shows the headers and the body's first 16 bytes, both as numbers and as text.
    private static final Pattern EVENT =
            Pattern.compile("LoggerSink - Event: \\{ headers:\\{(?=[^}]*topic=(\\w+))[^}]*} body:.*?(record \\w+) +}");

    @RegisterExtension
    static final KafkaBrokerExtension KAFKA = KafkaBrokerExtension.shared();

    @RegisterExtension
    final ExampleAgent agent = ExampleAgent.of("kafka-topics-to-log");

    @Test
    void logsEachNewRecordOfBothTopics() {
        TestTopic one = TestTopic.create(KAFKA.cluster(), "test1", 1);
        TestTopic two = TestTopic.create(KAFKA.cluster(), "test2", 1);
        one.send("record before");
        agent.replacing("localhost:9092", KAFKA.bootstrapServers()).start();
        // A new group starts at the end, which the source looks up first.
        agent.awaitLog("test1-0 at offset 1 ");
        agent.awaitLog("test2-0 at offset 0");

        one.send(records("a", 12));
        two.send(records("b", 8));
        agent.awaitLog("record a12 ");
        agent.awaitLog("record b8 ");
        List<String> warnings = agent.stop();

        assertThat(logged("test1")).containsExactly(records("a", 12));
        assertThat(logged("test2")).containsExactly(records("b", 8));
        assertThat(one.committed("custom.g.id")).isEqualTo(Map.of(0, 13L));
        assertThat(two.committed("custom.g.id")).isEqualTo(Map.of(0, 8L));
        assertThat(warnings).singleElement().asString().contains("skips up to 1 record before it");
    }

    private List<String> logged(String topic) {
        return EVENT.matcher(agent.log())
                .results()
                .filter(event -> event.group(1).equals(topic))
                .map(event -> event.group(2))
                .toList();
    }

    private static String[] records(String prefix, int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> "record " + prefix + i)
                .toArray(String[]::new);
    }
}
