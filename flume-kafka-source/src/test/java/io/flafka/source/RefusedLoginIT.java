// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.apache.flume.channel.MemoryChannel;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A login or a certificate that is refused, at the start or later: once that is mended the source goes on by itself, with everything, once. */
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

    private static final int EVENTS = 20;

    private final String user = "u-" + UUID.randomUUID().toString().substring(0, 8);
    private final Map<String, String> connection = new HashMap<>();
    private final Flow classic = new Flow("classic");
    private final Flow ofNewProtocol = new Flow("consumer");

    /** A topic, a source and its channel. */
    private final class Flow {

        private final TestTopic topic = KAFKA.topic();
        private final NumberedEvents numbers = new NumberedEvents("e");
        private final MemoryChannel channel = RunningSource.channel(1000);
        private final List<String> all = new ArrayList<>();
        private final List<String> read = new ArrayList<>();
        private final String protocol;

        Flow(String protocol) {
            this.protocol = protocol;
        }

        RunningSource start() {
            Map<String, String> properties = new HashMap<>(connection);
            properties.put("kafka.topics", topic.name());
            properties.put("kafka.consumer.group.protocol", protocol);
            // As Flume has it.
            properties.put("backoffSleepIncrement", "1000");
            properties.put("maxBackoffSleep", "5000");
            return RunningSource.start(protocol + user, List.of(channel), properties);
        }

        void add() {
            List<String> more = numbers.next(EVENTS);
            all.addAll(more);
            topic.send(more.toArray(String[]::new));
        }

        void assertAllIsReadSoon() {
            Awaitility.await(protocol).atMost(BOUND).until(() -> {
                read.addAll(RunningSource.bodies(RunningSource.takeWhatIsThere(channel)));
                return read.size() >= all.size();
            });
            assertThat(read).containsExactlyElementsOf(all);
        }
    }

    @AfterEach
    void stop() {
        classic.channel.stop();
        ofNewProtocol.channel.stop();
    }

    @AfterAll
    static void removeFiles() {
        TLS.close();
    }

    @Test
    void atTheStartItGoesOnOnceTheUserExists() {
        connectBy(SCRAM.bootstrapServers(), SCRAM.clientProperties("kafka.client.", user));

        assertStartsAfter(() -> SCRAM.addUser(KAFKA.cluster(), user));
    }

    @Test
    void atTheStartItGoesOnOnceTheCertificateIsRenewed() {
        TLS.distrust(KAFKA.cluster());
        connectBy(TLS.bootstrapServers(), TLS.clientProperties("kafka.client."));

        assertStartsAfter(() -> TLS.renew(KAFKA.cluster()));
    }

    @Test
    void inMidRunItGoesOnOnceTheUserIsBack() {
        SCRAM.addUser(KAFKA.cluster(), user);
        connectBy(SCRAM.bootstrapServers(), SCRAM.clientProperties("kafka.client.", user));

        assertGoesOnAfter(() -> SCRAM.removeUser(KAFKA.cluster(), user), () -> SCRAM.addUser(KAFKA.cluster(), user));
    }

    @Test
    void inMidRunItGoesOnOnceTheCertificateIsRenewed() {
        TLS.renew(KAFKA.cluster());
        connectBy(TLS.bootstrapServers(), TLS.clientProperties("kafka.client."));

        assertGoesOnAfter(
                () -> {
                    TLS.distrust(KAFKA.cluster());
                    KAFKA.broker().kill();
                    KAFKA.broker().restart();
                },
                () -> TLS.renew(KAFKA.cluster()));
    }

    private void connectBy(String brokers, Map<String, String> properties) {
        connection.putAll(properties);
        connection.put("kafka.bootstrap.servers", brokers);
    }

    private void assertStartsAfter(Runnable mending) {
        classic.add();
        ofNewProtocol.add();
        try (RunningSource first = classic.start();
                RunningSource second = ofNewProtocol.start()) {
            awaitFailure(first);
            awaitFailure(second);

            mending.run();

            classic.assertAllIsReadSoon();
            ofNewProtocol.assertAllIsReadSoon();
        }
    }

    private void assertGoesOnAfter(Runnable refusal, Runnable mending) {
        classic.add();
        ofNewProtocol.add();
        try (RunningSource first = classic.start();
                RunningSource second = ofNewProtocol.start()) {
            classic.assertAllIsReadSoon();
            ofNewProtocol.assertAllIsReadSoon();

            refusal.run();
            awaitFailure(first);
            awaitFailure(second);
            classic.add();
            ofNewProtocol.add();
            mending.run();

            classic.assertAllIsReadSoon();
            ofNewProtocol.assertAllIsReadSoon();
        }
        assertThat(classic.topic.committed("group-classic" + user)).isEqualTo(classic.topic.endOffsets());
        assertThat(ofNewProtocol.topic.committed("group-consumer" + user)).isEqualTo(ofNewProtocol.topic.endOffsets());
    }

    private static void awaitFailure(RunningSource source) {
        long before = source.counter("GenericProcessingFail");
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> source.counter("GenericProcessingFail") > before);
    }
}
