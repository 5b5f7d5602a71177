// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.testing.AccessFault;
import io.flafka.testing.KafkaBrokerExtension;
import io.flafka.testing.ScramListener;
import io.flafka.testing.TlsListener;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A sink whose login or certificate is refused. After the repair it recovers without a restart and delivers every event once. */
@Timeout(240)
class RefusedLoginIT {

    private static final ScramListener SCRAM = new ScramListener();
    private static final TlsListener TLS = new TlsListener();

    @RegisterExtension
    static final KafkaBrokerExtension KAFKA =
            KafkaBrokerExtension.dedicated().with(SCRAM).with(TLS);

    private static final Map<String, String> SEVERAL_BATCHES = Map.of("maxInFlightBatches", "3");
    private static final Map<String, String> TRANSACTIONS = Map.of("kafka.producer.transactional.id", "tx");
    /** Records time out while the login is still refused. */
    private static final Map<String, String> SHORT_TIMEOUTS =
            Map.of("kafka.producer.request.timeout.ms", "2000", "kafka.producer.delivery.timeout.ms", "4000");

    private final RunningSink oneBatchAtATime = new RunningSink(KAFKA.topic());
    private final RunningSink severalBatches = new RunningSink(KAFKA.topic());
    private final RunningSink inTransactions = new RunningSink(KAFKA.topic());
    private final RunningSink withShortTimeouts = new RunningSink(KAFKA.topic());
    private final List<RunningSink> all = List.of(oneBatchAtATime, severalBatches, inTransactions, withShortTimeouts);

    @AfterEach
    void stop() {
        all.forEach(RunningSink::close);
        all.forEach(RunningSink::assertNoThreadIsLeft);
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
    void recoversFromRefusalAtStart(AccessFault fault) {
        fault.begin();
        all.forEach(RunningSink::addEvents);
        startAll(fault);
        RunningSink idle = new RunningSink(KAFKA.topic());
        idle.start(fault.bootstrapServers(), fault.clientProperties("kafka.client."));
        all.forEach(sink -> sink.awaitFailures(2));
        assertEachHasOneClient();
        Awaitility.await().until(() -> idle.refusedLoginCount() > 1);

        fault.repair();
        idle.addEvents();

        all.forEach(RunningSink::assertAllDelivered);
        idle.assertAllDelivered();
        idle.close();
        assertEachHasOneClient();
    }

    @ParameterizedTest
    @MethodSource("faults")
    void recoversFromRefusalWhileRunning(AccessFault fault) {
        fault.repair();
        startAll(fault);
        all.forEach(RunningSink::addEvents);
        all.forEach(RunningSink::assertAllDelivered);

        fault.begin();
        fault.closeConnections();
        all.forEach(RunningSink::addEvents);
        all.forEach(sink -> Awaitility.await().until(() -> sink.refusedLoginCount() > 1));
        withShortTimeouts.awaitFailures(2);
        inTransactions.awaitFailures(2);
        fault.repair();

        all.forEach(RunningSink::assertAllDelivered);
        assertEachHasOneClient();
    }

    private void startAll(AccessFault fault) {
        Map<String, String> connection = fault.clientProperties("kafka.client.");
        oneBatchAtATime.start(fault.bootstrapServers(), connection);
        severalBatches.start(fault.bootstrapServers(), with(connection, SEVERAL_BATCHES));
        inTransactions.start(fault.bootstrapServers(), with(connection, TRANSACTIONS));
        withShortTimeouts.start(fault.bootstrapServers(), with(connection, SHORT_TIMEOUTS));
    }

    private static Map<String, String> with(Map<String, String> connection, Map<String, String> properties) {
        Map<String, String> all = new HashMap<>(connection);
        all.putAll(properties);
        return all;
    }

    /** Waits, because a replaced client is closed on another thread. */
    private void assertEachHasOneClient() {
        Awaitility.await().untilAsserted(() -> assertThat(all).allMatch(sink -> sink.producerCount() == 1));
    }
}
