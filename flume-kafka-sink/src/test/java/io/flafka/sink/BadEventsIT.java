// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.testing.KafkaBrokerExtension;
import io.flafka.testing.NumberedEvents;
import io.flafka.testing.SenderThreadKiller;
import io.flafka.testing.TestTopic;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.ObjectName;
import org.apache.flume.Context;
import org.apache.flume.EventDeliveryException;
import org.apache.flume.Sink.Status;
import org.apache.flume.conf.Configurables;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One bad event among a thousand good ones. The sink stops at it or skips it, as {@code errors.tolerance} says, and loses no other event. */
@Timeout(120)
class BadEventsIT {

    @RegisterExtension
    static final KafkaBrokerExtension KAFKA = KafkaBrokerExtension.dedicated()
            .with("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer")
            .with("allow.everyone.if.no.acl.found", "true");

    private static final int BEFORE = 500;
    private static final int AFTER = 500;
    private static final int BATCH = 100;
    private static final int ATTEMPTS = 8;

    private final FaultyChannel channel = new FaultyChannel();
    private final SinkComponent sink = new SinkComponent();
    private final List<String> before = new NumberedEvents("a").next(BEFORE);
    private final List<String> after = new NumberedEvents("b").next(AFTER);

    @BeforeEach
    void connect() {
        sink.setName("bad");
        sink.setChannel(channel);
    }

    @AfterEach
    void stop() {
        sink.stop();
        channel.stop();
    }

    @ParameterizedTest
    @EnumSource
    void stopsAtBadEventUntilCauseIsRepaired(BadEvent bad) throws Exception {
        TestTopic topic = KAFKA.topic();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", topic.bootstrapServers()))) {
            bad.prepare(admin, topic);
            fill(bad);
            start(topic, Map.of());

            int failures = 0;
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                failures += processFails() ? 1 : 0;
            }

            assertThat(failures).isPositive();
            List<String> written = values(topic);
            assertThat(written.subList(0, BEFORE)).containsExactlyElementsOf(before);
            assertThat(written.subList(BEFORE, written.size()))
                    .hasSizeLessThan(BATCH)
                    .doesNotHaveDuplicates()
                    .isSubsetOf(after);
            assertThat(attribute("EventDrainSuccessCount")).isEqualTo((long) BEFORE);
            assertThat(attribute("BadRecordCount")).isEqualTo(0L);

            sink.stop();
            start(topic, bad.repair(admin, topic));
            drain();

            // After a restart the sink does not know which events Kafka has acknowledged, so some are written twice.
            int partitions = admin.describeTopics(List.of(topic.name())).allTopicNames().get().values().stream()
                    .mapToInt(description -> description.partitions().size())
                    .sum();
            assertThat(values(new TestTopic(topic.name(), partitions, topic.bootstrapServers())))
                    .contains(bad.body())
                    .containsAll(before)
                    .containsAll(after);
        }
    }

    @ParameterizedTest
    @EnumSource
    void sendsBadEventToDeadLetterTopicAndContinues(BadEvent bad) throws Exception {
        assertBadEventIsSkipped(bad, Map.of());
    }

    /** A bad record fails its whole Kafka transaction, and Kafka's client does not report which record it was. */
    @ParameterizedTest
    @EnumSource
    void sendsOnlyBadEventOfTransactionToDeadLetterTopic(BadEvent bad) throws Exception {
        assertBadEventIsSkipped(bad, Map.of("kafka.producer.transactional.id", "tx"));
    }

    private void assertBadEventIsSkipped(BadEvent bad, Map<String, String> moreProperties) throws Exception {
        TestTopic topic = KAFKA.topic();
        TestTopic dead = new TestTopic(topic.name() + "-dead", 1, topic.bootstrapServers());
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", topic.bootstrapServers()))) {
            bad.prepare(admin, topic);
            fill(bad);
            Map<String, String> properties = new HashMap<>(Map.of(
                    "errors.tolerance", "all",
                    "errors.deadletterqueue.topic.name", dead.name(),
                    "errors.deadletterqueue.topic.replication.factor", "1"));
            properties.putAll(moreProperties);
            start(topic, properties);

            drain();

            assertThat(values(topic))
                    .containsExactlyInAnyOrderElementsOf(
                            Stream.concat(before.stream(), after.stream()).toList());
            List<ConsumerRecord<byte[], byte[]>> deadLetters = dead.readToEnd();
            assertThat(deadLetters).hasSize(1);
            assertThat(new String(deadLetters.get(0).value(), UTF_8)).isEqualTo(bad.body());
            assertThat(text(deadLetters.get(0), "__flume.errors.component")).isEqualTo("KafkaSink bad");
            assertThat(attribute("BadRecordCount")).isEqualTo(1L);
            bad.repair(admin, topic);
        }
    }

    private static String text(ConsumerRecord<byte[], byte[]> letter, String header) {
        return new String(letter.headers().lastHeader(header).value(), UTF_8);
    }

    /** Kafka's client splits such a batch endlessly: the small record fills the last bytes of the batch. */
    @Test
    void findsTooLargeEventInUnsplittableBatchAtSecondAttempt() {
        TestTopic topic = KAFKA.topic();
        TestTopic dead = KAFKA.topic();
        topic.configure(Map.of("max.message.bytes", "15000"));
        String large = "l".repeat(20_000);
        channel.add("first");
        startWithShortTimeouts(
                topic, Map.of("errors.tolerance", "all", "errors.deadletterqueue.topic.name", dead.name()));

        drain();
        channel.add(large, "x");

        assertThatThrownBy(sink::process)
                .isInstanceOf(DeliveryFailedException.class)
                .hasMessageContaining("no answer in time from");
        drain();

        assertThat(values(topic)).containsExactly("first", "x");
        assertThat(values(dead)).containsExactly(large);
    }

    @Test
    void replacesProducerWhoseThreadDied() {
        TestTopic topic = KAFKA.topic();
        channel.add("first");
        startWithShortTimeouts(topic, Map.of("kafka.producer.interceptor.classes", SenderThreadKiller.class.getName()));
        drain();
        channel.add("a", "b");
        SenderThreadKiller.arm();

        assertThatThrownBy(sink::process)
                .isInstanceOf(DeliveryFailedException.class)
                .hasMessageContaining("no answer from Kafka's client in 6 s, longer than its delivery.timeout.ms");
        drain();

        // Kafka had the batch already when the thread died.
        assertThat(values(topic)).containsExactly("first", "a", "b", "a", "b");
    }

    /** The events of a Flume batch go in one Kafka batch: its end sends them, and the linger time keeps the first from leaving alone. */
    private void startWithShortTimeouts(TestTopic topic, Map<String, String> properties) {
        Map<String, String> all = new HashMap<>(properties);
        all.put("kafka.producer.linger.ms", "1000");
        all.put("kafka.producer.request.timeout.ms", "3000");
        all.put("kafka.producer.delivery.timeout.ms", "4000");
        start(topic, all);
    }

    private void fill(BadEvent bad) {
        channel.add(before.toArray(String[]::new));
        channel.add(bad.body(), bad.headers());
        channel.add(after.toArray(String[]::new));
    }

    private boolean processFails() {
        try {
            sink.process();
            return false;
        } catch (EventDeliveryException expected) {
            assertThat(expected)
                    .isInstanceOf(DeliveryFailedException.class)
                    .hasMessageContaining("KafkaSink bad: stopped at event");
            return true;
        }
    }

    /** Calls {@code process} until the channel is empty, and retries after failures as Flume does. */
    private void drain() {
        Awaitility.await()
                .pollInSameThread()
                .pollInterval(Duration.ZERO)
                .atMost(Duration.ofMinutes(1))
                .ignoreException(DeliveryFailedException.class)
                .until(() -> sink.process() == Status.BACKOFF);
    }

    private void start(TestTopic topic, Map<String, String> properties) {
        Map<String, String> all = new HashMap<>(Map.of(
                "kafka.bootstrap.servers", topic.bootstrapServers(),
                "kafka.topic", topic.name(),
                "flumeBatchSize", Integer.toString(BATCH),
                "partitionIdHeader", "part",
                "timestampHeader", "ts",
                "headers.include", "host",
                "headers.charset", "US-ASCII",
                "kafka.producer.max.request.size", "200000",
                "kafka.producer.max.block.ms", "4000"));
        all.putAll(properties);
        Configurables.configure(sink, new Context(all));
        sink.start();
    }

    private static List<String> values(TestTopic topic) {
        return topic.readToEnd().stream()
                .map(record -> new String(record.value(), UTF_8))
                .toList();
    }

    private static Object attribute(String name) throws JMException {
        return ManagementFactory.getPlatformMBeanServer()
                .getAttribute(new ObjectName("org.apache.flume.sink:type=bad"), name);
    }
}
