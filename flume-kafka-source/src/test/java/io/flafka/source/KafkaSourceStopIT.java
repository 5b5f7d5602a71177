// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.testing.KafkaBrokerExtension;
import io.flafka.testing.TestTopic;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import org.apache.flume.channel.MemoryChannel;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stops a source during failures: it stops in bounded time and leaves no thread and no client. */
@Timeout(240)
class KafkaSourceStopIT {

    @RegisterExtension
    static final KafkaBrokerExtension KAFKA = KafkaBrokerExtension.dedicated();

    private static final Logger LOG = LoggerFactory.getLogger(KafkaSourceStopIT.class);
    // Time for two commits and for leaving the group, and a reserve for a slow machine.
    private static final Duration BOUND = Duration.ofSeconds(40);
    private static final int VALUES = 300;
    private static final int CAPACITY = 100;

    private final String name = "r-" + UUID.randomUUID().toString().substring(0, 8);

    @Test
    void stopsWhileAChannelIsFull() throws MalformedObjectNameException {
        TestTopic topic = topicWithValues();
        MemoryChannel channel = RunningSource.channel(CAPACITY);
        Set<Thread> before = threads();

        try (RunningSource running = start(topic, channel)) {
            Awaitility.await().until(() -> running.counter("ChannelWriteFail") > 2);
            stop(running);
        }

        assertNothingIsLeft(before);
        assertThat(topic.committed("group-" + name)).isEqualTo(Map.of(0, (long) CAPACITY));
        channel.stop();
    }

    @Test
    void stopsWhileTheBrokerIsFrozen() throws MalformedObjectNameException {
        TestTopic topic = topicWithValues();
        MemoryChannel channel = RunningSource.channel(CAPACITY);
        Set<Thread> before = threads();

        try (RunningSource running = start(topic, channel)) {
            Awaitility.await().until(() -> running.counter("ChannelWriteFail") > 2);
            KAFKA.broker().freeze();
            stop(running);
        } finally {
            KAFKA.broker().thaw();
        }

        assertNothingIsLeft(before);
        channel.stop();
    }

    @Test
    void stopsWhileTheBrokerIsDownAndResumesAfterItsRestart() throws MalformedObjectNameException {
        TestTopic topic = topicWithValues();
        MemoryChannel channel = RunningSource.channel(CAPACITY);
        Set<Thread> before = threads();

        try (RunningSource running = start(topic, channel)) {
            Awaitility.await().until(() -> running.counter("ChannelWriteFail") > 2);
            Awaitility.await().until(() -> topic.committed("group-" + name).equals(Map.of(0, (long) CAPACITY)));
            KAFKA.broker().kill();
            // Delivers events whose offsets cannot be committed.
            running.take(CAPACITY);
            Awaitility.await().until(() -> running.counter("EventAcceptedCount") > CAPACITY);
            stop(running);
        } finally {
            KAFKA.broker().restart();
        }
        assertNothingIsLeft(before);

        // Events that were delivered without a commit come again, and none is skipped.
        RunningSource.takeAvailable(channel);
        try (RunningSource restarted = start(topic, channel)) {
            List<String> bodies = RunningSource.bodies(restarted.take(VALUES - CAPACITY));
            assertThat(bodies)
                    .startsWith("v" + CAPACITY)
                    .endsWith("v" + (VALUES - 1))
                    .doesNotHaveDuplicates();
        }
        channel.stop();
    }

    private void stop(RunningSource running) {
        long start = System.nanoTime();
        running.close();
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        LOG.info("Stopped in {}", took);
        assertThat(took).isLessThan(BOUND);
    }

    private RunningSource start(TestTopic topic, MemoryChannel channel) {
        return RunningSource.start(
                name,
                channel,
                topic.bootstrapServers(),
                Map.of(
                        "kafka.topics", topic.name(),
                        "batchSize", "50",
                        // The group waits this long for a member that could not leave.
                        "kafka.consumer.session.timeout.ms", "10000"));
    }

    private static TestTopic topicWithValues() {
        TestTopic topic = KAFKA.topic();
        topic.send(IntStream.range(0, VALUES).mapToObj(i -> "v" + i).toArray(String[]::new));
        return topic;
    }

    private static Set<Thread> threads() {
        return Set.copyOf(Thread.getAllStackTraces().keySet());
    }

    /** Returns the new threads of Kafka's clients and Flume's runners. Other threads belong to the test. */
    private static Set<String> leftThreads(Set<Thread> before) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !before.contains(thread) && thread.isAlive())
                .map(Thread::getName)
                .filter(threadName -> threadName.contains("kafka") || threadName.contains("Runner"))
                .collect(Collectors.toSet());
    }

    private void assertNothingIsLeft(Set<Thread> before) throws MalformedObjectNameException {
        Awaitility.await().untilAsserted(() -> assertThat(leftThreads(before)).isEmpty());
        assertThat(ManagementFactory.getPlatformMBeanServer()
                        .queryNames(new ObjectName("kafka.consumer:client-id=*" + name + "*,*"), null))
                .isEmpty();
    }
}
