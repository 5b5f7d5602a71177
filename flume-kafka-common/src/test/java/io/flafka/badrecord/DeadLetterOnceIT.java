// SPDX-License-Identifier: Apache-2.0
package io.flafka.badrecord;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.flafka.client.ClientProperties;
import io.flafka.client.ClientSettingsBuilder;
import io.flafka.client.KafkaClients;
import io.flafka.config.PropertySet;
import io.flafka.config.PropertyValues;
import io.flafka.event.UnreadableRecordException;
import io.flafka.metrics.MetricGroup;
import io.flafka.testing.ClientListener;
import io.flafka.testing.ForkedCluster;
import io.flafka.testing.FreePort;
import io.flafka.testing.Link;
import io.flafka.testing.LogLines;
import io.flafka.testing.TestTopic;
import io.flafka.testing.WriteDenial;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A real broker whose answers get lost, or that gives no producer id: each dead letter is written once. */
@Timeout(120)
class DeadLetterOnceIT {

    private static final PropertySet SET = new PropertySet(
            "Kafka tester",
            ErrorProperties.appendedTo(List.of(ClientProperties.BROKERS, ClientProperties.NO_HOSTNAME_CHECK_SHARED)),
            List.of(ClientProperties.PRODUCER, ClientProperties.shared(ProducerConfig.configDef())),
            List.of(),
            List.of());
    private static final int BROKER_PORT = FreePort.find();
    private static final Link LINK = Link.to(BROKER_PORT);
    private static final ForkedCluster KAFKA = ForkedCluster.start(
            Map.of(
                    "authorizer.class.name",
                    "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                    "allow.everyone.if.no.acl.found",
                    "true"),
            List.of(List.of(new ClientListener("FAR", "PLAINTEXT", BROKER_PORT, LINK.port()))));

    private final TestTopic topic = TestTopic.create(KAFKA, 1);
    private final MetricGroup metrics = new MetricGroup();

    @AfterAll
    static void stop() {
        try (LINK) {
            KAFKA.close();
        }
    }

    @Test
    void aLostAnswerDoesNotRepeatALetter() throws FlowStoppedException {
        try (BadRecordPolicy policy = policy()) {
            policy.dispose(letter("one"));
            LINK.loseNextAnswer();
            policy.dispose(letter("two"));
            policy.dispose(letter("three"));
        }

        assertThat(values()).containsExactly("one", "two", "three");
        assertThat(metrics.number("DeadLetterFailCount")).isZero();
    }

    @Test
    void aUserWhoMayWriteNoTopicIsToldWhichRightIsMissing() throws FlowStoppedException {
        try (LogLines log = new LogLines("io.flafka.badrecord.BadRecordLog");
                BadRecordPolicy policy = policy()) {
            try (WriteDenial denial = new WriteDenial(KAFKA.bootstrapServers())) {
                assertThat(denial).isNotNull();
                assertThatThrownBy(() -> policy.dispose(letter("one")))
                        .isInstanceOf(FlowStoppedException.class)
                        .hasMessageContaining("Not authorized to access topics: [" + topic.name() + "]");
            }
            await().ignoreExceptionsInstanceOf(FlowStoppedException.class).until(() -> {
                policy.dispose(letter("one"));
                return true;
            });
            // The next producer was idempotent again.
            assertThat(log.lines()).isEmpty();
        }

        assertThat(values()).containsExactly("one");
    }

    private List<String> values() {
        return topic.readToEnd().stream()
                .map(letter -> new String(letter.value(), UTF_8))
                .toList();
    }

    private static BadRecord letter(String value) {
        return BadRecord.unwritable(Map.of(), value.getBytes(UTF_8), new UnreadableRecordException("no event"));
    }

    private BadRecordPolicy policy() {
        PropertyValues values = SET.read(
                "t1",
                Map.of(
                        "kafka.bootstrap.servers",
                        "127.0.0.1:" + LINK.port(),
                        "errors.tolerance",
                        "all",
                        "errors.deadletterqueue.topic.name",
                        topic.name()));
        return ErrorTolerance.from(values, ClientSettingsBuilder.of(values), "Tester", "t1", own -> false)
                .start(new BadRecordMetrics(metrics), KafkaClients.REAL);
    }
}
