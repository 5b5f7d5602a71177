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

/** A sink as an agent runs it: on Flume's own runner, behind Flume's own memory channel. Closing it stops the sink. */
final class RunningSink implements AutoCloseable {

    /** Once the cause of a failure is mended. */
    private static final Duration SOON = Duration.ofSeconds(15);

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int EVENTS = 20;

    private final String name = "k-" + UUID.randomUUID().toString().substring(0, 8);
    private final TestTopic topic;
    private final FaultyChannel channel = new FaultyChannel();
    private final NumberedEvents numbers = new NumberedEvents("e");
    private final List<String> events = new ArrayList<>();
    private final SinkComponent sink = new SinkComponent();
    private final DefaultSinkProcessor processor = new DefaultSinkProcessor();
    private final SinkRunner runner = new SinkRunner(processor);

    /** That writes to this topic. */
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

    /** Some more events in its channel. */
    void add() {
        List<String> more = numbers.next(EVENTS);
        channel.add(more.toArray(String[]::new));
        events.addAll(more);
    }

    void awaitFailures(int count) {
        Awaitility.await().atMost(TIMEOUT).until(() -> counter("RollbackCount") >= count);
    }

    /** All that was added is in the topic before long, in order and once. */
    void assertDeliveredSoon() {
        Awaitility.await()
                .atMost(SOON)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> counter("EventDrainSuccessCount") == events.size());
        assertThat(topic.readToEnd().stream().map(record -> new String(record.value(), UTF_8)))
                .containsExactlyInAnyOrderElementsOf(events);
    }

    /** How often its client was not let in, however it is called. */
    double refusedLogins() {
        return clientCounter("failed-authentication-total") + clientCounter("failed-reauthentication-total");
    }

    /** How many clients it has. */
    long clients() {
        return clientBeans().size();
    }

    /** Fails if one goes on, of a client that was left behind. */
    void assertNoThreadOfClients() {
        LiveThreads.assertNoneOf(name);
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
