// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.testing.AccessFault;
import io.flafka.testing.KafkaBrokerExtension;
import io.flafka.testing.LiveThreads;
import io.flafka.testing.NumberedEvents;
import io.flafka.testing.ScramListener;
import io.flafka.testing.TestTopic;
import io.flafka.testing.TlsListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.flume.ChannelException;
import org.apache.flume.Event;
import org.apache.flume.Transaction;
import org.apache.flume.event.EventBuilder;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests a login or certificate that is rejected for a time: puts and takes continue afterwards, without loss or duplicates. */
@Timeout(240)
class RefusedLoginIT {

    private static final ScramListener SCRAM = new ScramListener();
    private static final TlsListener TLS = new TlsListener();

    @RegisterExtension
    static final KafkaBrokerExtension KAFKA = KafkaBrokerExtension.dedicated()
            .with(SCRAM)
            .with(TLS)
            // A member whose heartbeat was rejected stays in the group for this time.
            .with("group.consumer.min.session.timeout.ms", "5000")
            .with("group.consumer.session.timeout.ms", "5000");

    /** The longest time to recover after the login is accepted again. */
    private static final Duration RECOVERY_TIME = Duration.ofSeconds(15);

    private static final Duration TIMEOUT = Duration.ofMinutes(1);
    private static final int EVENTS = 20;

    private final String run = UUID.randomUUID().toString().substring(0, 8);
    private final RunningChannels channels = new RunningChannels();
    private final Puts puts = new Puts("p1", Map.of());
    private final Puts transactionalPuts = new Puts("p2", Map.of("kafka.producer.transactional.id", "tx"));
    private final Takes takes = new Takes("t1", Map.of());
    private final Takes consumerProtocolTakes = new Takes("t2", Map.of("kafka.consumer.group.protocol", "consumer"));

    /** A channel, and sources that each put a batch into it and retry it until it succeeds. */
    private final class Puts {

        private final TestTopic topic = KAFKA.topic();
        private final NumberedEvents numbers = new NumberedEvents("e");
        private final List<String> all = new ArrayList<>();
        private final AtomicInteger failures = new AtomicInteger();
        private final String name;
        private final Map<String, String> properties;

        Puts(String name, Map<String, String> properties) {
            this.name = name;
            this.properties = properties;
        }

        ChannelComponent start(AccessFault fault) {
            return RefusedLoginIT.this.start(fault, name, topic, properties);
        }

        CompletableFuture<Void> add(ChannelComponent channel) {
            List<String> bodies = numbers.next(EVENTS);
            all.addAll(bodies);
            List<Event> events = bodies.stream()
                    .map(body -> EventBuilder.withBody(body, UTF_8))
                    .toList();
            return CompletableFuture.runAsync(() -> Awaitility.await()
                    .atMost(Duration.ofMinutes(3))
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> put(channel, events)));
        }

        private boolean put(ChannelComponent channel, List<Event> events) {
            try {
                RunningChannels.put(channel, events);
                return true;
            } catch (ChannelException refused) {
                failures.incrementAndGet();
                return false;
            }
        }

        void assertAllEventsAreInTheTopic() {
            assertThat(topic.readToEnd().stream().map(record -> new String(record.value(), UTF_8)))
                    .containsExactlyInAnyOrderElementsOf(all);
        }
    }

    /** A channel, and a sink that takes one event per transaction. */
    private final class Takes {

        private final TestTopic topic = KAFKA.topic();
        private final NumberedEvents numbers = new NumberedEvents("e");
        private final List<String> all = new ArrayList<>();
        private final List<String> taken = new CopyOnWriteArrayList<>();
        private final AtomicInteger failures = new AtomicInteger();
        private final String name;
        private final Map<String, String> properties;
        private volatile boolean stopped;

        Takes(String name, Map<String, String> properties) {
            this.name = name;
            this.properties = properties;
        }

        CompletableFuture<Void> start(AccessFault fault) {
            Map<String, String> all = new HashMap<>(properties);
            all.put("kafka.consumer.group.id", name + run);
            ChannelComponent channel = RefusedLoginIT.this.start(fault, name, topic, all);
            return CompletableFuture.runAsync(() -> {
                while (!stopped) {
                    take(channel);
                }
            });
        }

        private void take(ChannelComponent channel) {
            Transaction transaction = channel.getTransaction();
            transaction.begin();
            try {
                Event event = channel.take();
                transaction.commit();
                if (event != null) {
                    taken.add(new String(event.getBody(), UTF_8));
                }
            } catch (ChannelException failed) {
                failures.incrementAndGet();
                transaction.rollback();
            } finally {
                transaction.close();
            }
        }

        void add() {
            List<String> more = numbers.next(EVENTS);
            all.addAll(more);
            topic.send(more.toArray(String[]::new));
        }

        void awaitFailure() {
            int before = failures.get();
            Awaitility.await(name).atMost(TIMEOUT).until(() -> failures.get() > before);
        }

        void assertAllEventsAreTakenInTime() {
            Awaitility.await(name).atMost(RECOVERY_TIME).until(() -> taken.size() >= all.size());
            assertThat(taken).containsExactlyElementsOf(all);
        }
    }

    @AfterEach
    void stop() {
        takes.stopped = true;
        consumerProtocolTakes.stopped = true;
        channels.close();
        LiveThreads.assertNoneNamed("flafka-");
    }

    @AfterAll
    static void removeFiles() {
        TLS.close();
    }

    static Stream<AccessFault> faults() {
        return Stream.of(SCRAM.missingUser(KAFKA.cluster()), TLS.untrustedCertificate(KAFKA.cluster(), KAFKA.broker()));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void recoversFromALoginRejectedAtTheStart(AccessFault fault) {
        fault.begin();
        takes.add();
        consumerProtocolTakes.add();
        List<CompletableFuture<Void>> takers = List.of(takes.start(fault), consumerProtocolTakes.start(fault));
        ChannelComponent both = puts.start(fault);
        List<CompletableFuture<Void>> putters =
                List.of(puts.add(both), puts.add(both), transactionalPuts.add(transactionalPuts.start(fault)));
        Awaitility.await().atMost(TIMEOUT).until(() -> puts.failures.get() > 1 && transactionalPuts.failures.get() > 1);
        takes.awaitFailure();

        fault.repair();

        assertAllEventsArePutAndTaken(takers, putters);
    }

    @ParameterizedTest
    @MethodSource("faults")
    void recoversFromALoginRejectedWhileItRuns(AccessFault fault) {
        fault.repair();
        takes.add();
        consumerProtocolTakes.add();
        List<CompletableFuture<Void>> takers = List.of(takes.start(fault), consumerProtocolTakes.start(fault));
        ChannelComponent first = puts.start(fault);
        ChannelComponent second = transactionalPuts.start(fault);
        assertAllEventsArePutAndTaken(takers, List.of(puts.add(first), puts.add(first), transactionalPuts.add(second)));

        fault.begin();
        fault.closeConnections();
        takes.awaitFailure();
        takes.add();
        consumerProtocolTakes.add();
        List<CompletableFuture<Void>> putters =
                List.of(puts.add(first), puts.add(first), transactionalPuts.add(second));
        Awaitility.await().atMost(TIMEOUT).until(() -> transactionalPuts.failures.get() > 1);
        fault.repair();

        assertAllEventsArePutAndTaken(takers, putters);
    }

    private void assertAllEventsArePutAndTaken(
            List<CompletableFuture<Void>> takers, List<CompletableFuture<Void>> putters) {
        assertEndsInTime(putters);
        puts.assertAllEventsAreInTheTopic();
        transactionalPuts.assertAllEventsAreInTheTopic();
        takes.assertAllEventsAreTakenInTime();
        consumerProtocolTakes.assertAllEventsAreTakenInTime();
        assertThat(takers).allMatch(taker -> !taker.isDone());
    }

    private static void assertEndsInTime(List<CompletableFuture<Void>> work) {
        Awaitility.await().atMost(RECOVERY_TIME).until(() -> work.stream().allMatch(CompletableFuture::isDone));
        work.forEach(CompletableFuture::join);
    }

    private ChannelComponent start(AccessFault fault, String name, TestTopic topic, Map<String, String> properties) {
        Map<String, String> all = new HashMap<>(fault.clientProperties("kafka.client."));
        all.putAll(properties);
        all.put("kafka.bootstrap.servers", fault.bootstrapServers());
        all.put("kafka.topic", topic.name());
        all.put("parseAsFlumeEvent", "false");
        all.put("kafka.pollTimeout", "100");
        return channels.start(name, all);
    }
}
