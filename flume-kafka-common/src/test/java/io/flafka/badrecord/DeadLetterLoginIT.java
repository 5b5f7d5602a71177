// SPDX-License-Identifier: Apache-2.0
package io.flafka.badrecord;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.client.ClientProperties;
import io.flafka.client.ClientSettingsBuilder;
import io.flafka.client.KafkaClients;
import io.flafka.config.PropertySet;
import io.flafka.config.PropertyValues;
import io.flafka.event.UnreadableRecordException;
import io.flafka.metrics.MetricGroup;
import io.flafka.testing.KafkaBrokerExtension;
import io.flafka.testing.LiveThreads;
import io.flafka.testing.ScramListener;
import io.flafka.testing.TestTopic;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A dead letter producer whose login is refused, at the start and later: each dead letter is written once after the login is corrected. */
@Timeout(240)
class DeadLetterLoginIT {

    private static final ScramListener SCRAM = new ScramListener();

    @RegisterExtension
    static final KafkaBrokerExtension KAFKA = KafkaBrokerExtension.dedicated().with(SCRAM);

    private static final String USER = "letters";
    private static final Duration BOUND = Duration.ofSeconds(15);
    private static final PropertySet SET = new PropertySet(
            "Kafka tester",
            ErrorProperties.appendedTo(List.of(ClientProperties.BROKERS, ClientProperties.NO_HOSTNAME_CHECK_SHARED)),
            List.of(ClientProperties.PRODUCER, ClientProperties.shared(ProducerConfig.configDef())),
            List.of(),
            List.of());

    private final TestTopic topic = KAFKA.topic();
    private final MetricGroup metrics = new MetricGroup();
    private final BadRecordMetrics counts = new BadRecordMetrics(metrics);
    private String refusal = "";

    @Test
    void continuesOnceTheUserExists() {
        try (BadRecordPolicy policy = policy()) {
            assertThat(disposes(policy, "one")).isFalse();
            assertThat(refusal).contains("SaslAuthenticationException");
            SCRAM.addUser(KAFKA.cluster(), USER);
            awaitDisposal(policy, "one");

            SCRAM.removeUser(KAFKA.cluster(), USER);
            Awaitility.await().pollDelay(SCRAM.sessionLifetime()).until(() -> !disposes(policy, "two"));
            assertThat(disposes(policy, "two")).isFalse();
            assertThat(refusal).contains("SaslAuthenticationException");
            SCRAM.addUser(KAFKA.cluster(), USER);
            awaitDisposal(policy, "two");
        }

        assertThat(metrics.number("BadRecordCount")).isEqualTo(2);
        assertThat(topic.readToEnd().stream().map(letter -> new String(letter.value(), UTF_8)))
                .containsExactly("one", "two");
        LiveThreads.assertNoneNamed("deadletter");
    }

    private void awaitDisposal(BadRecordPolicy policy, String value) {
        Awaitility.await()
                .atMost(BOUND)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> disposes(policy, value));
    }

    private boolean disposes(BadRecordPolicy policy, String value) {
        try {
            policy.dispose(
                    BadRecord.unwritable(Map.of(), value.getBytes(UTF_8), new UnreadableRecordException("no event")));
            return true;
        } catch (FlowStoppedException stopped) {
            refusal = String.valueOf(stopped.getMessage());
            return false;
        }
    }

    private BadRecordPolicy policy() {
        Map<String, String> all = new HashMap<>(SCRAM.clientProperties("kafka.client.", USER));
        all.put("kafka.bootstrap.servers", SCRAM.bootstrapServers());
        all.put("errors.tolerance", "all");
        all.put("errors.deadletterqueue.topic.name", topic.name());
        PropertyValues values = SET.read("t1", all);
        return ErrorTolerance.from(values, ClientSettingsBuilder.of(values), "Tester", "t1", own -> false)
                .start(counts, KafkaClients.REAL);
    }
}
