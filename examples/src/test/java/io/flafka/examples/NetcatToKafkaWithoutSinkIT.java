// SPDX-License-Identifier: Apache-2.0
package io.flafka.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.testing.FreePort;
import io.flafka.testing.KafkaBrokerExtension;
import io.flafka.testing.NetcatClient;
import io.flafka.testing.TestTopic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A source and a channel form a complete agent. */
class NetcatToKafkaWithoutSinkIT {
    // The channel's default group. A channel with a sink would take some of the partitions.
    private static final String GROUP = "flume";

    @RegisterExtension
    static final KafkaBrokerExtension KAFKA = KafkaBrokerExtension.shared();

    @RegisterExtension
    final ExampleAgent agent = ExampleAgent.of("netcat-to-kafka-without-sink");

    @Test
    void anotherProgramReadsTheLinesThatTheInterceptorChanged() throws Exception {
        TestTopic topic = TestTopic.create(KAFKA.cluster(), "payments", 2);
        int port = FreePort.find();
        agent.replacing("localhost:9092", KAFKA.bootstrapServers())
                .replacing("44444", Integer.toString(port))
                .start();

        List<String> read;
        Set<TopicPartition> assigned;
        List<MemberDescription> members;
        try (Consumer<String, String> program = subscribed(topic);
                NetcatClient application = NetcatClient.connect(port)) {
            application.send(payments("4000123412340000"));
            read = read(program, 30);
            assigned = program.assignment();
            members = members();
        }
        List<String> warnings = agent.stop();

        // The order is only kept within each of the two partitions.
        assertThat(read).containsExactlyInAnyOrderElementsOf(payments("************0000"));
        assertThat(assigned).containsExactlyInAnyOrder(topic.partition(0), topic.partition(1));
        assertThat(members).hasSize(1);
        assertThat(warnings).containsExactly("WARN Agent configuration for 'a1' has no sinks.");
    }

    private static List<String> payments(String card) {
        return IntStream.rangeClosed(1, 30)
                .mapToObj(i -> "payment " + i + " by card " + card)
                .toList();
    }

    private static Consumer<String, String> subscribed(TestTopic topic) {
        KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        topic.bootstrapServers(),
                        "group.id",
                        GROUP,
                        "auto.offset.reset",
                        "earliest",
                        "enable.auto.commit",
                        false),
                new StringDeserializer(),
                new StringDeserializer());
        consumer.subscribe(List.of(topic.name()));
        return consumer;
    }

    private static List<String> read(Consumer<String, String> consumer, int count) {
        List<String> values = new ArrayList<>();
        Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> {
            consumer.poll(Duration.ofMillis(100)).forEach(record -> values.add(record.value()));
            return values.size() >= count;
        });
        return values;
    }

    private static List<MemberDescription> members() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", KAFKA.bootstrapServers()))) {
            return admin.describeConsumerGroups(List.of(GROUP)).all().get(30, TimeUnit.SECONDS).values().stream()
                    .flatMap(group -> group.members().stream())
                    .toList();
        }
    }
}
