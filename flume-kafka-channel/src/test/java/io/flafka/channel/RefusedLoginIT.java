// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.testing.KafkaBrokerExtension;
import io.flafka.testing.LiveThreads;
import io.flafka.testing.NumberedEvents;
import io.flafka.testing.Refusal;
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

/** A login or a certificate that is refused, at the start or later: once that is mended puts and takes go on by themselves, with everything, once. */
@Timeout(120)
class RefusedLoginIT {

    private static final ScramListener SCRAM = new ScramListener();
    private static final TlsListener TLS = new TlsListener();

    @RegisterExtension
    static final KafkaBrokerExtension KAFKA = KafkaBrokerExtension.dedicated()
            .with(SCRAM)
            .with(TLS)
            // A member whose heartbeat was refused stays in the group so long, whatever its client does.
            .with("group.consumer.min.session.timeout.ms", "5000")
            .with("group.consumer.session.timeout.ms", "5000");

    /** From the moment on at which the cause is mended. */
    private static final Duration BOUND = Duration.ofSeconds(15);

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int EVENTS = 20;

    private final String run = UUID.randomUUID().toString().substring(0, 8);
    private final RunningChannels channels = new RunningChannels();
    private final Puts puts = new Puts("p1", Map.of());
    private final Puts inTransactions = new Puts("p2", Map.of("kafka.producer.transactional.id", "tx"));
    private final Takes takes = new Takes("t1", Map.of());
    private final Takes ofNewProtocol = new Takes("t2", Map.of("kafka.consumer.group.protocol", "consumer"));

    /** A channel in which a source puts batches, each until it is taken. */
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

        ChannelComponent start(Refusal refusal) {
            return RefusedLoginIT.this.start(refusal, name, topic, properties);
        }

        CompletableFuture<Void> add(ChannelComponent channel) {
            List<String> bodies = numbers.next(EVENTS);
            all.addAll(bodies);
            List<Event> events = bodies.stream()
                    .map(body -> EventBuilder.withBody(body, UTF_8))
                    .toList();
            return CompletableFuture.runAsync(() -> Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
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

        void assertAllIsThere() {
            assertThat(topic.readToEnd().stream().map(record -> new String(record.value(), UTF_8)))
                    .containsExactlyInAnyOrderElementsOf(all);
        }
    }

    /** A channel from which a sink takes, one event after the other. */
    private final class Takes {

        private final TestTopic topic = KAFKA.topic();
        private final NumberedEvents numbers = new NumberedEvents("e");
        private final List<String> all = new ArrayList<>();
        private final List<String> taken = new CopyOnWriteArrayList<>();
        private final AtomicInteger failures = new AtomicInteger();
        private final String name;
        private final Map<String, String> properties;
        private volatile boolean over;

        Takes(String name, Map<String, String> properties) {
            this.name = name;
            this.properties = properties;
        }

        CompletableFuture<Void> start(Refusal refusal) {
            Map<String, String> all = new HashMap<>(properties);
            all.put("kafka.consumer.group.id", name + run);
            ChannelComponent channel = RefusedLoginIT.this.start(refusal, name, topic, all);
            return CompletableFuture.runAsync(() -> {
                while (!over) {
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

        void assertAllIsTakenSoon() {
            Awaitility.await(name).atMost(BOUND).until(() -> taken.size() >= all.size());
            assertThat(taken).containsExactlyElementsOf(all);
        }
    }

    @AfterEach
    void stop() {
        takes.over = true;
        ofNewProtocol.over = true;
        channels.close();
        LiveThreads.assertNoneOf("flafka-");
    }

    @AfterAll
    static void removeFiles() {
        TLS.close();
    }

    static Stream<Refusal> refusals() {
        return Stream.of(SCRAM.refusal(KAFKA.cluster()), TLS.refusal(KAFKA.cluster(), KAFKA.broker()));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void atTheStartItGoesOnOnceThatIsMended(Refusal refusal) {
        refusal.begin();
        takes.add();
        ofNewProtocol.add();
        List<CompletableFuture<Void>> takers = List.of(takes.start(refusal), ofNewProtocol.start(refusal));
        List<CompletableFuture<Void>> putters =
                List.of(puts.add(puts.start(refusal)), inTransactions.add(inTransactions.start(refusal)));
        Awaitility.await().atMost(TIMEOUT).until(() -> puts.failures.get() > 1 && inTransactions.failures.get() > 1);
        takes.awaitFailure();

        refusal.mend();

        assertAllIsDone(takers, putters);
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void inMidRunItGoesOnOnceThatIsMended(Refusal refusal) {
        refusal.mend();
        takes.add();
        ofNewProtocol.add();
        List<CompletableFuture<Void>> takers = List.of(takes.start(refusal), ofNewProtocol.start(refusal));
        ChannelComponent first = puts.start(refusal);
        ChannelComponent second = inTransactions.start(refusal);
        assertAllIsDone(takers, List.of(puts.add(first), inTransactions.add(second)));

        refusal.begin();
        refusal.cutOff();
        takes.awaitFailure();
        takes.add();
        ofNewProtocol.add();
        List<CompletableFuture<Void>> putters = List.of(puts.add(first), inTransactions.add(second));
        Awaitility.await().atMost(TIMEOUT).until(() -> inTransactions.failures.get() > 1);
        refusal.mend();

        assertAllIsDone(takers, putters);
    }

    private void assertAllIsDone(List<CompletableFuture<Void>> takers, List<CompletableFuture<Void>> putters) {
        assertEndsSoon(putters);
        puts.assertAllIsThere();
        inTransactions.assertAllIsThere();
        takes.assertAllIsTakenSoon();
        ofNewProtocol.assertAllIsTakenSoon();
        assertThat(takers).allMatch(taker -> !taker.isDone());
    }

    private static void assertEndsSoon(List<CompletableFuture<Void>> work) {
        Awaitility.await().atMost(BOUND).until(() -> work.stream().allMatch(CompletableFuture::isDone));
        work.forEach(CompletableFuture::join);
    }

    private ChannelComponent start(Refusal refusal, String name, TestTopic topic, Map<String, String> properties) {
        Map<String, String> all = new HashMap<>(refusal.clientProperties("kafka.client."));
        all.putAll(properties);
        all.put("kafka.bootstrap.servers", refusal.bootstrapServers());
        all.put("kafka.topic", topic.name());
        all.put("parseAsFlumeEvent", "false");
        all.put("kafka.pollTimeout", "100");
        return channels.start(name, all);
    }
}
