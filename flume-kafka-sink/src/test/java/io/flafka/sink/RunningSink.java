// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.testing.LiveThreads;
import io.flafka.testing.NumberedEvents;
import io.flafka.testing.TestTopic;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.management.JMException;
import javax.management.ObjectName;
import org.apache.flume.Context;
import org.apache.flume.SinkRunner;
import org.apache.flume.conf.Configurables;
import org.apache.flume.sink.DefaultSinkProcessor;
import org.awaitility.Awaitility;

/** A sink as an agent runs it: on Flume's own sink runner, with Flume's memory channel. {@link #close} stops the sink. */
final class RunningSink implements AutoCloseable {

    /** The longest time from the repair of a cause to the delivery. */
    private static final Duration RECOVERY_TIMEOUT = Duration.ofSeconds(15);

    private static final Duration TIMEOUT = Duration.ofMinutes(1);
    private static final int EVENTS = 20;

    private final String name = "k-" + UUID.randomUUID().toString().substring(0, 8);
    private final TestTopic topic;
    private final FaultyChannel channel = new FaultyChannel();
    private final NumberedEvents numbers = new NumberedEvents("e");
    private final List<String> events = new ArrayList<>();
    private final SinkComponent sink = new SinkComponent();
    private final DefaultSinkProcessor processor = new DefaultSinkProcessor();
    private final SinkRunner runner = new SinkRunner(processor);

    RunningSink(TestTopic topic) {
        this.topic = topic;
    }

    void start(String brokers, Map<String, String> properties) {
        Map<String, String> all = new HashMap<>(properties);
        all.put("kafka.bootstrap.servers", brokers);
        all.put("kafka.topic", topic.name());
        all.put("flumeBatchSize", "5");
        sink.setName(name);
        sink.setChannel(channel);
        Configurables.configure(sink, new Context(all));
        processor.setSinks(List.of(sink));
        runner.start();
    }

    /** Puts more events into the channel. */
    void addEvents() {
        List<String> more = numbers.next(EVENTS);
        channel.add(more.toArray(String[]::new));
        events.addAll(more);
    }

    /** Puts more events of about this many bytes into the channel. */
    void addEvents(int count, int bytes) {
        String filler = "x".repeat(bytes);
        List<String> more =
                numbers.next(count).stream().map(number -> number + filler).toList();
        channel.add(more.toArray(String[]::new));
        events.addAll(more);
    }

    void awaitFailures(int count) {
        Awaitility.await().atMost(TIMEOUT).until(() -> rollbackCount() >= count);
    }

    long rollbackCount() {
        return counter("RollbackCount");
    }

    /** Returns for how long brokers have delayed their answers because of a quota. */
    double throttledMillis() {
        return clientCounter("produce-throttle-time-max");
    }

    /** Asserts that each added event is in the topic, at least once. */
    void assertNoneIsLost() {
        assertThat(counter("EventDrainSuccessCount")).isEqualTo(events.size());
        assertThat(topic.readToEnd().stream().map(record -> new String(record.value(), UTF_8)))
                .containsAll(events);
    }

    /** Waits until all added events are delivered, and asserts that each is in the topic once. */
    void assertAllDelivered() {
        Awaitility.await()
                .atMost(RECOVERY_TIMEOUT)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> counter("EventDrainSuccessCount") == events.size());
        assertThat(topic.readToEnd().stream().map(record -> new String(record.value(), UTF_8)))
                .containsExactlyInAnyOrderElementsOf(events);
    }

    /** Returns how many logins and renewed logins of the sink's clients the brokers refused. */
    double refusedLoginCount() {
        return clientCounter("failed-authentication-total") + clientCounter("failed-reauthentication-total");
    }

    /** Returns how many producers the sink has. */
    long producerCount() {
        return clientBeans().size();
    }

    /** Asserts that no client was left open. */
    void assertNoThreadIsLeft() {
        LiveThreads.assertNoneNamed(name);
    }

    private long counter(String attribute) {
        try {
            return attribute(new ObjectName("org.apache.flume.sink:type=" + name), attribute)
                    .longValue();
        } catch (JMException noName) {
            throw new AssertionError(noName);
        }
    }

    private double clientCounter(String attribute) {
        return clientBeans().stream()
                .mapToDouble(bean -> attribute(bean, attribute).doubleValue())
                .sum();
    }

    private List<ObjectName> clientBeans() {
        try {
            ObjectName pattern =
                    new ObjectName("kafka.producer:type=producer-metrics,client-id=flafka-agent-" + name + "*");
            return List.copyOf(ManagementFactory.getPlatformMBeanServer().queryNames(pattern, null));
        } catch (JMException noName) {
            throw new AssertionError(noName);
        }
    }

    private static Number attribute(ObjectName bean, String attribute) {
        try {
            return (Number) ManagementFactory.getPlatformMBeanServer().getAttribute(bean, attribute);
        } catch (JMException notThere) {
            return 0;
        }
    }

    @Override
    public void close() {
        runner.stop();
        channel.stop();
    }
}
