// SPDX-License-Identifier: Apache-2.0
package io.flafka.badrecord;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.flafka.client.ClientProperties;
import io.flafka.client.ClientSettingsBuilder;
import io.flafka.client.KafkaClients;
import io.flafka.config.PropertySet;
import io.flafka.config.PropertyValues;
import io.flafka.event.UnreadableRecordException;
import io.flafka.metrics.MetricGroup;
import io.flafka.testing.KafkaBrokerExtension;
import io.flafka.testing.LogLines;
import io.flafka.testing.TestTopic;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Dead letters at a real broker: unchanged bytes, and an error if one cannot be written. */
@Timeout(120)
class DeadLetterQueueIT {

    @RegisterExtension
    static final KafkaBrokerExtension KAFKA = KafkaBrokerExtension.shared();

    private static final PropertySet SET = new PropertySet(
            "Kafka tester",
            ErrorProperties.appendedTo(List.of(ClientProperties.BROKERS, ClientProperties.NO_HOSTNAME_CHECK_SHARED)),
            List.of(ClientProperties.PRODUCER, ClientProperties.shared(ProducerConfig.configDef())),
            List.of(),
            List.of());
    private static final byte[] NOT_UTF_8 = {(byte) 0xff, 0, (byte) 0xc3, 0x28};

    private final String name = "dead-" + UUID.randomUUID().toString().substring(0, 8);
    private final TestTopic topic = new TestTopic(name, 1, KAFKA.bootstrapServers());
    private final MetricGroup metrics = new MetricGroup();
    private final BadRecordMetrics counts = new BadRecordMetrics(metrics);

    @Test
    void writesTheBytesAndTheReasonToATopicThatIsCreated() throws FlowStoppedException {
        Headers headers = new RecordHeaders().add("h", NOT_UTF_8).add("none", null);

        try (BadRecordPolicy policy = policy(Map.of("errors.deadletterqueue.topic.replication.factor", "1"))) {
            policy.dispose(BadRecord.unreadable(record(NOT_UTF_8, NOT_UTF_8, headers), malformed()));
        }

        ConsumerRecord<byte[], byte[]> letter = topic.read(1).get(0);
        assertThat(letter.key()).isEqualTo(NOT_UTF_8);
        assertThat(letter.value()).isEqualTo(NOT_UTF_8);
        assertThat(letter.headers().toArray()).startsWith(headers.toArray());
        assertThat(context(letter))
                .isEqualTo(Map.of(
                        "__flume.errors.topic", "t",
                        "__flume.errors.partition", "2",
                        "__flume.errors.offset", "7",
                        "__flume.errors.timestamp", "1234",
                        "__flume.errors.component", "Tester t1",
                        "__flume.errors.reason", "t-2 offset 7: no event at byte 0",
                        "__flume.errors.exception.class.name", "io.flafka.event.UnreadableRecordException",
                        "__flume.errors.exception.message", "no event at byte 0"));
        assertThat(metrics.number("BadRecordCount")).isEqualTo(1);
    }

    @Test
    void withoutContextHeadersARecordIsUnchanged() throws FlowStoppedException {
        Map<String, String> plain = Map.of(
                "errors.deadletterqueue.topic.replication.factor", "-1",
                "errors.deadletterqueue.context.headers.enable", "false");

        try (BadRecordPolicy policy = policy(plain)) {
            policy.dispose(BadRecord.unreadable(record(null, null, new RecordHeaders()), malformed()));
        }

        ConsumerRecord<byte[], byte[]> letter = topic.read(1).get(0);
        assertThat(letter.key()).isNull();
        assertThat(letter.value()).isNull();
        assertThat(letter.headers()).isEmpty();
    }

    @Test
    void aRecordTooLargeForOtherTopicsFitsIntoTheNewTopic() throws FlowStoppedException {
        byte[] large = new byte[3_000_000];
        Map<String, String> small = Map.of(
                "errors.deadletterqueue.topic.replication.factor", "1", "kafka.producer.max.request.size", "1000");

        try (BadRecordPolicy policy = policy(small)) {
            policy.dispose(BadRecord.unreadable(record(null, large, new RecordHeaders()), malformed()));
        }

        assertThat(topic.read(1).get(0).value()).hasSameSizeAs(large);
    }

    @Test
    void theFlowStopsWhileTheTopicRejectsTheRecord() {
        TestTopic limited = KAFKA.topic();
        byte[] large = new byte[3_000_000];

        try (BadRecordPolicy policy = policy(Map.of("errors.deadletterqueue.topic.name", limited.name()))) {
            assertStops(
                    policy,
                    large,
                    "; could not be written to dead letter topic " + limited.name(),
                    "RecordTooLargeException");
        }
    }

    @Test
    void theTopicIsCreatedAtTheStart() throws Exception {
        policy(Map.of("errors.deadletterqueue.topic.replication.factor", "1")).close();

        try (Admin admin = Admin.create(Map.of("bootstrap.servers", KAFKA.bootstrapServers()))) {
            assertThat(admin.listTopics().names().get(30, TimeUnit.SECONDS)).contains(name);
        }
    }

    @Test
    void theFlowStopsWhileTheTopicCannotBeCreated() {
        try (LogLines log = new LogLines("io.flafka.badrecord.BadRecordLog");
                BadRecordPolicy policy = policy(Map.of())) {
            assertThat(log.lines())
                    .singleElement(STRING)
                    .startsWith("WARN Tester t1: dead letter topic " + name + " at bootstrap.servers=")
                    .contains("cannot be used yet (InvalidReplicationFactorException")
                    .contains("the flow stops at the first bad record");
            assertStops(
                    policy,
                    new byte[1],
                    "; could not be written to dead letter topic " + name,
                    "InvalidReplicationFactorException");
        }
    }

    private void assertStops(BadRecordPolicy policy, byte[] value, String... parts) {
        assertThatThrownBy(() ->
                        policy.dispose(BadRecord.unreadable(record(null, value, new RecordHeaders()), malformed())))
                .isInstanceOf(FlowStoppedException.class)
                .hasMessageStartingWith("t-2 offset 7: no event at byte 0; ")
                .hasMessageContainingAll(parts);
        assertThat(metrics.number("BadRecordCount")).isZero();
    }

    private BadRecordPolicy policy(Map<String, String> properties) {
        Map<String, String> all = new HashMap<>(Map.of(
                "kafka.bootstrap.servers",
                KAFKA.bootstrapServers(),
                "errors.tolerance",
                "all",
                "errors.deadletterqueue.topic.name",
                name));
        all.putAll(properties);
        PropertyValues values = SET.read("t1", all);
        return ErrorTolerance.from(values, ClientSettingsBuilder.of(values), "Tester", "t1", own -> false)
                .start(counts, KafkaClients.REAL);
    }

    private static UnreadableRecordException malformed() {
        return new UnreadableRecordException("no event at byte 0");
    }

    private static ConsumerRecord<byte[], byte[]> record(
            byte @Nullable [] key, byte @Nullable [] value, Headers headers) {
        return new ConsumerRecord<>(
                "t", 2, 7, 1234, TimestampType.CREATE_TIME, 1, 4, key, value, headers, Optional.empty());
    }

    private static Map<String, String> context(ConsumerRecord<byte[], byte[]> letter) {
        Map<String, String> texts = new LinkedHashMap<>();
        Arrays.stream(letter.headers().toArray())
                .filter(header -> header.key().startsWith("__"))
                .forEach(header -> texts.put(header.key(), text(header)));
        return texts;
    }

    private static String text(Header header) {
        return new String(header.value(), UTF_8);
    }
}
