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

/** The end of a source when nothing goes well: it comes within a bound, and leaves neither a thread nor a client behind. */
@Timeout(120)
class KafkaSourceStopIT {

    @RegisterExtension
    static final KafkaBrokerExtension KAFKA = KafkaBrokerExtension.dedicated();

    private static final Logger LOG = LoggerFactory.getLogger(KafkaSourceStopIT.class);
    // What the source may take for a commit, asked for twice, and for leaving the group, with room for a busy machine.
    private static final Duration BOUND = Duration.ofSeconds(40);
    private static final int VALUES = 300;
    private static final int CAPACITY = 100;

    private final String name = "r-" + UUID.randomUUID().toString().substring(0, 8);

    @Test
    void stopsBeforeAFullChannel() throws MalformedObjectNameException {
        TestTopic topic = topicWithValues();
        MemoryChannel channel = RunningSource.channel(CAPACITY);
        Set<Thread> before = threads();

        try (RunningSource running = start(topic, channel)) {
            Awaitility.await().until(() -> running.counter("ChannelWriteFail") > 2);
            stop(running);
        }

        assertNothingIsLeftBehind(before);
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

        assertNothingIsLeftBehind(before);
        channel.stop();
    }

    @Test
    void stopsWhileTheBrokerIsDeadAndGoesOnWhenItIsBack() throws MalformedObjectNameException {
        TestTopic topic = topicWithValues();
        MemoryChannel channel = RunningSource.channel(CAPACITY);
        Set<Thread> before = threads();

        try (RunningSource running = start(topic, channel)) {
            Awaitility.await().until(() -> running.counter("ChannelWriteFail") > 2);
            KAFKA.broker().kill();
            // Events are handed over whose offsets cannot be committed.
            running.take(CAPACITY);
            Awaitility.await().until(() -> running.counter("EventAcceptedCount") > CAPACITY);
            stop(running);
        } finally {
            KAFKA.broker().restart();
        }
        assertNothingIsLeftBehind(before);

        // What was handed over while nothing could be committed comes again, nothing is left out.
        RunningSource.takeWhatIsThere(channel);
        try (RunningSource again = start(topic, channel)) {
            List<String> bodies = RunningSource.bodies(again.take(VALUES - CAPACITY));
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
                        // A member that cannot say good-bye is waited for so long.
                        "kafka.consumer.session.timeout.ms", "6000"));
    }

    private static TestTopic topicWithValues() {
        TestTopic topic = KAFKA.topic();
        topic.send(IntStream.range(0, VALUES).mapToObj(i -> "v" + i).toArray(String[]::new));
        return topic;
    }

    private static Set<Thread> threads() {
        return Set.copyOf(Thread.getAllStackTraces().keySet());
    }

    /** What a client or a runner calls its threads; others are the test's own. */
    private static Set<String> leftBehind(Set<Thread> before) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !before.contains(thread) && thread.isAlive())
                .map(Thread::getName)
                .filter(threadName -> threadName.contains("kafka") || threadName.contains("Runner"))
                .collect(Collectors.toSet());
    }

    private void assertNothingIsLeftBehind(Set<Thread> before) throws MalformedObjectNameException {
        Awaitility.await().untilAsserted(() -> assertThat(leftBehind(before)).isEmpty());
        assertThat(ManagementFactory.getPlatformMBeanServer()
                        .queryNames(new ObjectName("kafka.consumer:client-id=*" + name + "*,*"), null))
                .isEmpty();
    }
}
