// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.event.MissingTopicException;
import io.flafka.testing.KafkaBrokerExtension;
import io.flafka.testing.LogLines;
import io.flafka.testing.NumberedEvents;
import io.flafka.testing.TestTopic;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flume.Context;
import org.apache.flume.Sink.Status;
import org.apache.flume.conf.Configurables;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Events whose header names a topic that does not exist. */
@Timeout(120)
class MissingTopicIT {

    @RegisterExtension
    static final KafkaBrokerExtension KAFKA = KafkaBrokerExtension.shared();

    private final FaultyChannel channel = new FaultyChannel();
    private final SinkComponent sink = new SinkComponent();

    @AfterEach
    void stop() {
        sink.stop();
        channel.stop();
    }

    /** Kafka's client waits for a topic that does not exist: the first event that names it waits, and no other one. */
    @ParameterizedTest
    @ValueSource(strings = {"", "tx"})
    void onlyOneEventWaitsForATopicThatDoesNotExist(String transactionalId) {
        TestTopic topic = KAFKA.topic();
        TestTopic dead = KAFKA.topic();
        String missing = topic.name() + "-missing";
        List<String> good = new NumberedEvents("good").next(30);
        List<String> lost = new NumberedEvents("lost").next(30);
        for (int i = 0; i < 30; i++) {
            channel.add(good.get(i));
            channel.add(lost.get(i), Map.of("topic", missing, "key", "k"));
        }
        Map<String, String> properties = new HashMap<>(Map.of(
                "errors.tolerance", "all",
                "errors.deadletterqueue.topic.name", dead.name(),
                "kafka.producer.max.block.ms", "3000"));
        if (!transactionalId.isEmpty()) {
            properties.put("kafka.producer.transactional.id", transactionalId);
        }
        start(topic, properties);

        try (LogLines log = new LogLines("io.flafka.badrecord.RefusedTopicReport")) {
            drain();

            assertThat(log.lines())
                    .containsExactly(("ERROR KafkaSink k1: topic %s does not exist (create it, or set allowedTopics so"
                                    + " that no event can name it), so such records are written to dead letter topic %s (1 so far)")
                            .formatted(missing, dead.name()));
        }
        assertThat(values(topic)).containsExactlyElementsOf(good);
        assertThat(values(dead)).containsExactlyElementsOf(lost);
        List<ConsumerRecord<byte[], byte[]>> letters = dead.readToEnd();
        assertThat(letters).allSatisfy(letter -> {
            assertThat(new String(letter.key(), UTF_8)).isEqualTo("k");
            assertThat(header(letter, "__flume.errors.topic")).isEqualTo(missing);
        });
        assertThat(letters.stream().map(letter -> header(letter, "__flume.errors.exception.class.name")))
                .startsWith(TimeoutException.class.getName(), MissingTopicException.class.getName())
                .containsOnlyOnce(TimeoutException.class.getName());
    }

    /** Otherwise a sender who invents names could stop the sink for a minute with each event. */
    @Test
    void aHundredInventedTopicsCostThreeWaits() {
        TestTopic topic = KAFKA.topic();
        TestTopic dead = KAFKA.topic();
        for (int i = 0; i < 100; i++) {
            channel.add("lost-" + i, Map.of("topic", topic.name() + "-missing-" + i));
        }
        channel.add("good");
        start(
                topic,
                Map.of(
                        "errors.tolerance",
                        "all",
                        "errors.deadletterqueue.topic.name",
                        dead.name(),
                        "kafka.producer.max.block.ms",
                        "3000"));

        drain();

        assertThat(values(topic)).containsExactly("good");
        assertThat(values(dead)).hasSize(100);
    }

    private static String header(ConsumerRecord<byte[], byte[]> letter, String name) {
        return new String(letter.headers().lastHeader(name).value(), UTF_8);
    }

    /** The operator may create such a topic in a moment, for example that of a new year. */
    @Test
    void waitsForATopicWhoseNameHasTheTime() {
        TestTopic topic = KAFKA.topic();
        TestTopic dead = KAFKA.topic();
        channel.add("a", Map.of("host", "web1", "timestamp", "0"));
        start(topic, toleranceWithTemplate(topic.name() + "-%{host}-%Y", dead));

        assertThatThrownBy(sink::process)
                .isInstanceOf(DeliveryFailedException.class)
                .hasMessageContaining("topic %s-web1-1970 not found at kafka.bootstrap.servers", topic.name());

        assertThat(dead.readToEnd()).isEmpty();
    }

    /** Whoever sends the event has named the topic. */
    @Test
    void doesNotWaitForATopicWhoseNameHasOnlyHeaders() {
        TestTopic topic = KAFKA.topic();
        TestTopic dead = KAFKA.topic();
        channel.add("a", Map.of("host", "web1"));
        start(topic, toleranceWithTemplate(topic.name() + "-%{host}", dead));

        drain();

        assertThat(values(dead)).containsExactly("a");
    }

    private static Map<String, String> toleranceWithTemplate(String template, TestTopic dead) {
        return Map.of(
                "kafka.topic",
                template,
                "errors.tolerance",
                "all",
                "errors.deadletterqueue.topic.name",
                dead.name(),
                "kafka.producer.max.block.ms",
                "5000");
    }

    /** Without a tolerance the sink waits for the topic, and the operator learns how to go on without losing events. */
    @Test
    void stopsAtATopicThatDoesNotExistUntilItIsCreated() throws Exception {
        TestTopic topic = KAFKA.topic();
        TestTopic missing = new TestTopic(topic.name() + "-missing", 1, topic.bootstrapServers());
        channel.add("a", Map.of("topic", missing.name()));
        start(topic, Map.of("kafka.producer.max.block.ms", "5000"));

        assertThatThrownBy(sink::process)
                .isInstanceOf(DeliveryFailedException.class)
                .hasMessageEndingWith(
                        "create topic %s, or set allowedTopics so that no event can name it", missing.name());
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", topic.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(missing.name(), 1, (short) 1)))
                    .all()
                    .get();
        }
        drain();

        assertThat(values(missing)).containsExactly("a");
    }

    private static List<String> values(TestTopic topic) {
        return topic.readToEnd().stream()
                .map(record -> new String(record.value(), UTF_8))
                .toList();
    }

    /** Calls {@code process} until the channel is empty, and retries after failures as Flume does. */
    private void drain() {
        Awaitility.await()
                .pollInSameThread()
                .pollInterval(Duration.ZERO)
                .ignoreException(DeliveryFailedException.class)
                .until(() -> sink.process() == Status.BACKOFF);
    }

    private void start(TestTopic topic, Map<String, String> properties) {
        Map<String, String> all =
                new HashMap<>(Map.of("kafka.bootstrap.servers", topic.bootstrapServers(), "kafka.topic", topic.name()));
        all.putAll(properties);
        sink.setName("k1");
        sink.setChannel(channel);
        Configurables.configure(sink, new Context(all));
        sink.start();
    }
}
