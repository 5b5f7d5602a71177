// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.testing.KafkaBrokerExtension;
import io.flafka.testing.ScramListener;
import io.flafka.testing.TlsListener;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A login or a certificate that is refused, at the start or later: once that is mended the sink goes on by itself, with everything, once. */
@Timeout(120)
class RefusedLoginIT {

    private static final ScramListener SCRAM = new ScramListener();
    private static final TlsListener TLS = new TlsListener();

    @RegisterExtension
    static final KafkaBrokerExtension KAFKA =
            KafkaBrokerExtension.dedicated().with(SCRAM).with(TLS);

    private static final Map<String, String> SEVERAL_BATCHES = Map.of("maxInFlightBatches", "3");
    private static final Map<String, String> TRANSACTIONS = Map.of("kafka.producer.transactional.id", "tx");
    /** Records wait shorter than the login is refused. */
    private static final Map<String, String> IMPATIENT =
            Map.of("kafka.producer.request.timeout.ms", "2000", "kafka.producer.delivery.timeout.ms", "4000");

    private final String user = "u-" + UUID.randomUUID().toString().substring(0, 8);
    private final RunningSink batchByBatch = new RunningSink(KAFKA.topic());
    private final RunningSink severalBatches = new RunningSink(KAFKA.topic());
    private final RunningSink inTransactions = new RunningSink(KAFKA.topic());
    private final RunningSink other = new RunningSink(KAFKA.topic());
    private final List<RunningSink> all = List.of(batchByBatch, severalBatches, inTransactions, other);

    @AfterEach
    void stop() {
        all.forEach(RunningSink::close);
        assertThat(all).allMatch(sink -> sink.threadsOfClients() == 0);
    }

    @AfterAll
    static void removeFiles() {
        TLS.close();
    }

    @Test
    void atTheStartItGoesOnOnceTheUserExistsAndTheCertificateIsRenewed() {
        TLS.distrust(KAFKA.cluster());
        Stream.of(batchByBatch, severalBatches, inTransactions).forEach(RunningSink::add);
        startAll(SCRAM.bootstrapServers(), SCRAM.clientProperties("kafka.client.", user));
        RunningSink idle = new RunningSink(KAFKA.topic());
        idle.start(SCRAM.bootstrapServers(), SCRAM.clientProperties("kafka.client.", user));
        other.add();
        other.start(TLS.bootstrapServers(), TLS.clientProperties("kafka.client."));
        all.forEach(sink -> sink.awaitFailures(2));
        assertEachHasOneClient();
        Awaitility.await().until(() -> idle.refusedLogins() > 1);

        SCRAM.addUser(KAFKA.cluster(), user);
        TLS.renew(KAFKA.cluster());
        idle.add();

        all.forEach(RunningSink::assertDeliveredSoon);
        idle.assertDeliveredSoon();
        idle.close();
        assertEachHasOneClient();
    }

    @Test
    void inMidRunItGoesOnOnceTheUserIsBack() {
        SCRAM.addUser(KAFKA.cluster(), user);
        Map<String, String> connection = SCRAM.clientProperties("kafka.client.", user);
        startAll(SCRAM.bootstrapServers(), connection);
        other.start(SCRAM.bootstrapServers(), with(connection, IMPATIENT));

        assertGoesOnAfter(
                () -> {
                    SCRAM.removeUser(KAFKA.cluster(), user);
                    // An idle client does not log in again: it is refused with the first event.
                    Awaitility.await().pollDelay(SCRAM.session()).until(() -> true);
                },
                () -> SCRAM.addUser(KAFKA.cluster(), user));
    }

    @Test
    void inMidRunItGoesOnOnceTheCertificateIsRenewed() {
        TLS.renew(KAFKA.cluster());
        Map<String, String> connection = TLS.clientProperties("kafka.client.");
        startAll(TLS.bootstrapServers(), connection);
        other.start(TLS.bootstrapServers(), with(connection, IMPATIENT));

        assertGoesOnAfter(
                () -> {
                    TLS.distrust(KAFKA.cluster());
                    KAFKA.broker().kill();
                    KAFKA.broker().restart();
                },
                () -> TLS.renew(KAFKA.cluster()));
    }

    private void assertGoesOnAfter(Runnable refusal, Runnable mending) {
        all.forEach(RunningSink::add);
        all.forEach(RunningSink::assertDeliveredSoon);

        refusal.run();
        all.forEach(RunningSink::add);
        all.forEach(sink -> Awaitility.await().until(() -> sink.refusedLogins() > 1));
        other.awaitFailures(2);
        inTransactions.awaitFailures(2);
        mending.run();

        all.forEach(RunningSink::assertDeliveredSoon);
        assertEachHasOneClient();
    }

    private void startAll(String brokers, Map<String, String> connection) {
        batchByBatch.start(brokers, connection);
        severalBatches.start(brokers, with(connection, SEVERAL_BATCHES));
        inTransactions.start(brokers, with(connection, TRANSACTIONS));
    }

    private static Map<String, String> with(Map<String, String> connection, Map<String, String> properties) {
        Map<String, String> all = new HashMap<>(connection);
        all.putAll(properties);
        return all;
    }

    /** One that is being replaced is closed on a thread of its own. */
    private void assertEachHasOneClient() {
        Awaitility.await().untilAsserted(() -> assertThat(all).allMatch(sink -> sink.clients() == 1));
    }
}
