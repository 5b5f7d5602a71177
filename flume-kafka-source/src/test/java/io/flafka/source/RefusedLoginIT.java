// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.testing.AccessFault;
import io.flafka.testing.KafkaBrokerExtension;
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
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.flume.channel.MemoryChannel;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A rejected login or certificate, at the start or later: after its cause is fixed, the source resumes by itself and delivers everything once. */
@Timeout(240)
class RefusedLoginIT {

    private static final ScramListener SCRAM = new ScramListener();
    private static final TlsListener TLS = new TlsListener();

    @RegisterExtension
    static final KafkaBrokerExtension KAFKA = KafkaBrokerExtension.dedicated()
            .with(SCRAM)
            .with(TLS)
            // A member whose heartbeat was rejected stays in the group this long, whatever its client does.
            .with("group.consumer.min.session.timeout.ms", "5000")
            .with("group.consumer.session.timeout.ms", "5000");

    /** The longest time from the fix until everything is read. */
    private static final Duration BOUND = Duration.ofSeconds(15);

    private static final int EVENTS = 20;

    private final String run = UUID.randomUUID().toString().substring(0, 8);
    private final Flow classic = new Flow("classic");
    private final Flow consumer = new Flow("consumer");

    /** A topic, its source and the source's channel. */
    private final class Flow {

        private final TestTopic topic = KAFKA.topic();
        private final NumberedEvents numbers = new NumberedEvents("e");
        private final MemoryChannel channel = RunningSource.channel(1000);
        private final List<String> sent = new ArrayList<>();
        private final List<String> read = new ArrayList<>();
        private final String protocol;

        Flow(String protocol) {
            this.protocol = protocol;
        }

        String group() {
            return "group-" + protocol + run;
        }

        RunningSource start(AccessFault fault) {
            Map<String, String> properties = new HashMap<>(fault.clientProperties("kafka.client."));
            properties.put("kafka.bootstrap.servers", fault.bootstrapServers());
            properties.put("kafka.topics", topic.name());
            properties.put("kafka.consumer.group.protocol", protocol);
            // Flume's defaults.
            properties.put("backoffSleepIncrement", "1000");
            properties.put("maxBackoffSleep", "5000");
            return RunningSource.start(protocol + run, List.of(channel), properties);
        }

        void send() {
            List<String> more = numbers.next(EVENTS);
            sent.addAll(more);
            topic.send(more.toArray(String[]::new));
        }

        void assertAllIsReadSoon() {
            Awaitility.await(protocol).atMost(BOUND).until(() -> {
                read.addAll(RunningSource.bodies(RunningSource.takeAvailable(channel)));
                return read.size() >= sent.size();
            });
            assertThat(read).containsExactlyElementsOf(sent);
        }
    }

    @AfterEach
    void stop() {
        classic.channel.stop();
        consumer.channel.stop();
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
    void resumesAfterARefusalAtTheStartIsFixed(AccessFault fault) {
        fault.begin();
        classic.send();
        consumer.send();
        try (RunningSource first = classic.start(fault);
                RunningSource second = consumer.start(fault)) {
            awaitFailure(first);
            awaitFailure(second);

            fault.repair();

            classic.assertAllIsReadSoon();
            consumer.assertAllIsReadSoon();
            assertIsNotHeldUp(first);
            assertIsNotHeldUp(second);
        }
    }

    @ParameterizedTest
    @MethodSource("faults")
    void resumesAfterARefusalDuringTheRunIsFixed(AccessFault fault) {
        fault.repair();
        classic.send();
        consumer.send();
        try (RunningSource first = classic.start(fault);
                RunningSource second = consumer.start(fault)) {
            classic.assertAllIsReadSoon();
            consumer.assertAllIsReadSoon();

            fault.begin();
            fault.closeConnections();
            awaitFailure(first);
            awaitFailure(second);
            classic.send();
            consumer.send();
            fault.repair();

            classic.assertAllIsReadSoon();
            consumer.assertAllIsReadSoon();
            assertIsNotHeldUp(first);
            assertIsNotHeldUp(second);
        }
        assertThat(classic.topic.committed(classic.group())).isEqualTo(classic.topic.endOffsets());
        assertThat(consumer.topic.committed(consumer.group())).isEqualTo(consumer.topic.endOffsets());
    }

    /** The time that nothing can be delivered has ended with the refusal. */
    private static void assertIsNotHeldUp(RunningSource source) {
        assertThat(source.counter("HeldUpMillis")).isPositive();
        AtomicLong last = new AtomicLong();
        Awaitility.await()
                .during(Duration.ofMillis(300))
                .until(() -> last.getAndSet(source.counter("HeldUpMillis")) == last.get());
    }

    private static void awaitFailure(RunningSource source) {
        long before = source.counter("GenericProcessingFail");
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> source.counter("GenericProcessingFail") > before);
    }
}
