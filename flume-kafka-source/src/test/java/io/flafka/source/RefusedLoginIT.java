// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.testing.KafkaBrokerExtension;
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
import java.util.stream.Stream;
import org.apache.flume.channel.MemoryChannel;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

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

    private final String run = UUID.randomUUID().toString().substring(0, 8);
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

        String group() {
            return "group-" + protocol + run;
        }

        RunningSource start(Refusal refusal) {
            Map<String, String> properties = new HashMap<>(refusal.clientProperties("kafka.client."));
            properties.put("kafka.bootstrap.servers", refusal.bootstrapServers());
            properties.put("kafka.topics", topic.name());
            properties.put("kafka.consumer.group.protocol", protocol);
            // As Flume has it.
            properties.put("backoffSleepIncrement", "1000");
            properties.put("maxBackoffSleep", "5000");
            return RunningSource.start(protocol + run, List.of(channel), properties);
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

    static Stream<Refusal> refusals() {
        return Stream.of(SCRAM.refusal(KAFKA.cluster()), TLS.refusal(KAFKA.cluster(), KAFKA.broker()));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void atTheStartItGoesOnOnceThatIsMended(Refusal refusal) {
        refusal.begin();
        classic.add();
        ofNewProtocol.add();
        try (RunningSource first = classic.start(refusal);
                RunningSource second = ofNewProtocol.start(refusal)) {
            awaitFailure(first);
            awaitFailure(second);

            refusal.mend();

            classic.assertAllIsReadSoon();
            ofNewProtocol.assertAllIsReadSoon();
        }
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void inMidRunItGoesOnOnceThatIsMended(Refusal refusal) {
        refusal.mend();
        classic.add();
        ofNewProtocol.add();
        try (RunningSource first = classic.start(refusal);
                RunningSource second = ofNewProtocol.start(refusal)) {
            classic.assertAllIsReadSoon();
            ofNewProtocol.assertAllIsReadSoon();

            refusal.begin();
            refusal.cutOff();
            awaitFailure(first);
            awaitFailure(second);
            classic.add();
            ofNewProtocol.add();
            refusal.mend();

            classic.assertAllIsReadSoon();
            ofNewProtocol.assertAllIsReadSoon();
        }
        assertThat(classic.topic.committed(classic.group())).isEqualTo(classic.topic.endOffsets());
        assertThat(ofNewProtocol.topic.committed(ofNewProtocol.group())).isEqualTo(ofNewProtocol.topic.endOffsets());
    }

    private static void awaitFailure(RunningSource source) {
        long before = source.counter("GenericProcessingFail");
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> source.counter("GenericProcessingFail") > before);
    }
}
