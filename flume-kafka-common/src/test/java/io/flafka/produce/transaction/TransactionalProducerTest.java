// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.client.ClientSettings;
import io.flafka.client.KafkaClients;
import io.flafka.exactlyonce.OffsetsToCommit;
import io.flafka.failure.ClientAccess;
import io.flafka.metrics.MetricGroup;
import io.flafka.produce.batch.PublishException;
import io.flafka.produce.send.CustomClassFailures;
import io.flafka.produce.send.FakeLogins;
import io.flafka.produce.send.RefusalReason;
import io.flafka.produce.send.SoloSends;
import io.flafka.produce.send.TopicLimits;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

/** What happens to a Kafka producer that is fenced, or whose login is refused. */
class TransactionalProducerTest {

    private static final List<ProducerRecord<String, byte[]>> RECORDS =
            List.of(new ProducerRecord<>("t", "a", new byte[] {1}));
    private static final PublisherParts SHARED = new PublisherParts(
            Duration.ofMinutes(1),
            new SoloSends(),
            new RefusalReason(
                    new ClientAccess("b:9092", "PLAINTEXT", "user 'u'", ClientAccess.TopicUse.WRITES),
                    new TopicLimits(KafkaClients.REAL::admin, new ClientSettings(Map.of()))),
            new CustomClassFailures(List.of()),
            new TransactionMetrics(new MetricGroup()));

    private final MockProducer<String, byte[]> first = producer();
    private final MockProducer<String, byte[]> second = producer();
    private final Queue<MockProducer<String, byte[]>> next = new ArrayDeque<>(List.of(first, second));
    private final TransactionalProducer producer = new TransactionalProducer(0, next::remove, SHARED);

    @Test
    void aNewerEpochMeansFenced() {
        first.commitTransactionException = new InvalidProducerEpochException("newer epoch");

        assertThatThrownBy(() -> producer.publish(RECORDS, OffsetsToCommit.NONE))
                .isInstanceOf(PublishException.class);

        assertThat(producer.isFenced()).isTrue();
        assertThat(first.closed()).isTrue();
    }

    @Test
    void aNewerEpochDuringTheAbortMeansFenced() {
        first.sendException = new RecordTooLargeException("too large");
        first.abortTransactionException = new InvalidProducerEpochException("newer epoch");

        assertThatThrownBy(() -> producer.publish(RECORDS, OffsetsToCommit.NONE))
                .isInstanceOf(PublishException.class);

        assertThat(producer.isFenced()).isTrue();
    }

    @Test
    void aProducerWithARefusedLoginIsReplacedOnceItHasLoggedIn() throws PublishException {
        FakeLogins logins = FakeLogins.of(first);
        first.initTransactionException = new SaslAuthenticationException("invalid credentials");

        assertRefused();
        assertRefused();
        assertThat(next).containsExactly(second);
        assertThat(first.closed()).isFalse();

        logins.accept();
        producer.publish(RECORDS, OffsetsToCommit.NONE);

        assertThat(first.closed()).isTrue();
        assertThat(second.history()).isEqualTo(RECORDS);
        assertThat(producer.isFenced()).isFalse();
        producer.close(Duration.ZERO);
        assertThat(second.closed()).isTrue();
    }

    @Test
    void aProducerWithARefusedLoginIsClosedAtTheEnd() {
        first.initTransactionException = new SaslAuthenticationException("invalid credentials");
        assertRefused();

        producer.close(Duration.ZERO);

        assertThat(first.closed()).isTrue();
    }

    private void assertRefused() {
        assertThatThrownBy(() -> producer.publish(RECORDS, OffsetsToCommit.NONE))
                .hasMessage(
                        "the Kafka transaction of 1 records was not confirmed: kafka.bootstrap.servers=b:9092 rejects the login"
                                + " of user 'u' (SaslAuthenticationException: invalid credentials); check kafka.client.sasl.jaas.config, and"
                                + " that the brokers know this user; operator action required; retrying");
    }

    private static MockProducer<String, byte[]> producer() {
        return new MockProducer<>(true, new RoundRobinPartitioner(), new StringSerializer(), new ByteArraySerializer());
    }
}
