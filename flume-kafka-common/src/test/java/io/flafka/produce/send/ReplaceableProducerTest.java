// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.flafka.client.ClientSettings;
import io.flafka.client.KafkaClients;
import io.flafka.failure.ClientAccess;
import io.flafka.produce.batch.LoginRefusedException;
import io.flafka.produce.batch.SilentProducerException;
import io.flafka.testing.LiveThreads;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import javax.management.ObjectName;
import org.apache.flume.FlumeException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

/** When an unusable producer is replaced, and that each one is closed. */
class ReplaceableProducerTest {

    private static final RefusalReason REASONS = new RefusalReason(
            new ClientAccess("b:9092", "PLAINTEXT", "user 'u'", ClientAccess.TopicUse.WRITES),
            new TopicLimits(KafkaClients.REAL::admin, new ClientSettings(Map.of())));

    private final List<MockProducer<String, byte[]>> made = new ArrayList<>();
    private final List<FakeLogins> logins = new ArrayList<>();
    private boolean refusesCreation;
    private final ReplaceableProducer producer = new ReplaceableProducer(this::make, "flafka-a-k1", REASONS);

    @Test
    void aTemporaryFailureReplacesNothing() {
        producer.onFailure(producer.current(), new TimeoutException("no broker"));
        producer.onFailure(producer.current(), new KafkaException("Producer is closed forcefully."));

        assertThat(producer.current().producer()).isSameAs(made.get(0));
        assertThat(made).hasSize(1);
    }

    @Test
    void aProducerThatStillHoldsFailedRecordsIsReplacedAtOnce() {
        ReplaceableProducer.InUse first = producer.current();
        producer.onFailure(first, new LoginRefusedException());
        producer.onFailure(first, new LoginRefusedException());

        assertThat(made).hasSize(2);
        assertThat(producer.current().producer()).isSameAs(made.get(1));
        await().until(made.get(0)::closed);
        assertThat(made.get(1).closed()).isFalse();
    }

    @Test
    void aSilentProducerIsReplaced() {
        producer.onFailure(producer.current(), new SilentProducerException(Duration.ofSeconds(1)));

        assertThat(made).hasSize(2);
        await().until(made.get(0)::closed);
    }

    /** Old and new producer have the same name in JMX, and closing a producer removes that name. */
    @Test
    void theMetricsOfTheNewProducerStayInJmx() throws Exception {
        String clientId = "flafka-a-" + UUID.randomUUID();
        ReplaceableProducer real = new ReplaceableProducer(() -> withoutBroker(clientId), clientId, REASONS);

        real.onFailure(real.current(), new SilentProducerException(Duration.ofSeconds(1)));

        ObjectName metrics = new ObjectName("kafka.producer:type=producer-metrics,client-id=" + clientId);
        LiveThreads.assertNoneNamed("flafka-closing-" + clientId);
        assertThat(ManagementFactory.getPlatformMBeanServer().isRegistered(metrics))
                .isTrue();
        real.close();
    }

    @Test
    void aProducerWithARefusedLoginIsReplacedOnceItHasLoggedIn() {
        for (int attempt = 0; attempt < 100; attempt++) {
            producer.onFailure(
                    producer.current(),
                    new KafkaException("not sent", new SaslAuthenticationException("invalid credentials")));
        }
        assertThat(made).hasSize(1);

        logins.get(0).accept();

        assertThat(producer.current().producer()).isSameAs(made.get(1));
        await().until(made.get(0)::closed);
        assertThat(producer.current().producer()).isSameAs(made.get(1));
    }

    @Test
    void aProducerThatHoldsRecordsAfterARefusedLoginIsReplacedAtOnce() {
        producer.onFailure(producer.current(), new SaslAuthenticationException("invalid credentials"));
        producer.onFailure(producer.current(), new LoginRefusedException());

        assertThat(made).hasSize(2);
    }

    @Test
    void aProducerInAnErrorStateIsNotReplacedAtEveryAttempt() {
        for (int attempt = 0; attempt < 100; attempt++) {
            producer.onFailure(
                    producer.current(), new KafkaException("error state", new ClusterAuthorizationException("no")));
        }

        assertThat(made).hasSize(1);
    }

    @Test
    void aFailedReplacementIsRetriedLater() {
        refusesCreation = true;
        producer.onFailure(producer.current(), new LoginRefusedException());
        refusesCreation = false;

        assertThatThrownBy(producer::current)
                .isInstanceOf(FlumeException.class)
                .hasMessage("no resolvable bootstrap urls");
        await().until(made.get(0)::closed);
        await().ignoreException(FlumeException.class)
                .until(() -> producer.current().producer() != made.get(0));
        producer.close();
        assertThat(made).hasSize(2).allMatch(MockProducer::closed);
    }

    /** Its calls would wait for metadata, again and again. */
    @Test
    void aProducerWhoseThreadHasEndedIsReplaced() throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        Thread thread = new Thread(() -> awaitQuietly(end), "kafka-producer-network-thread | " + FakeLogins.CLIENT_ID);
        ReplaceableProducer replaceable = new ReplaceableProducer(() -> makeAndStart(thread), "flafka-a-dead", REASONS);
        Producer<String, byte[]> first = replaceable.current().producer();
        assertThat(replaceable.current().producer()).isSameAs(first);

        end.countDown();
        thread.join();

        assertThat(replaceable.current().producer()).isNotSameAs(first);
        replaceable.close();
        assertThat(made.subList(1, 3)).allMatch(MockProducer::closed);
    }

    private Producer<String, byte[]> makeAndStart(Thread thread) {
        if (thread.getState() == Thread.State.NEW) {
            thread.start();
        }
        return make();
    }

    private static void awaitQuietly(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    /** Flume does not call a sink that stands by. */
    @Test
    void aProducerThatGetsNoIdIsClosedAlsoIfNobodyUsesIt() {
        await().pollInterval(Duration.ofMillis(10)).until(() -> {
            logins.get(0).countRequests(100);
            return made.get(0).closed();
        });

        assertThatThrownBy(producer::current)
                .isInstanceOf(FlumeException.class)
                .hasMessage(
                        "user 'u' may write no topic at kafka.bootstrap.servers=b:9092; allow it the ACL operation Write on the topics"
                                + " that it writes");
        assertThat(made).hasSize(1);
        producer.close();
    }

    @Test
    void createsNoProducerAfterTheClose() {
        ReplaceableProducer.InUse current = producer.current();
        producer.close();
        producer.onFailure(current, new LoginRefusedException());

        assertThat(made).hasSize(1).allMatch(MockProducer::closed);
    }

    private static Producer<String, byte[]> withoutBroker(String clientId) {
        Map<String, Object> settings = Map.of("bootstrap.servers", "127.0.0.1:1", "client.id", clientId);
        return new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
    }

    private Producer<String, byte[]> make() {
        if (refusesCreation) {
            throw new FlumeException("no resolvable bootstrap urls");
        }
        MockProducer<String, byte[]> fresh = new MockProducer<>(
                true, new RoundRobinPartitioner(), new StringSerializer(), new ByteArraySerializer());
        logins.add(FakeLogins.of(fresh));
        made.add(fresh);
        return fresh;
    }
}
