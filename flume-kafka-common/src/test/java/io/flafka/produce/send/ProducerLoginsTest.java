// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce.send;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.produce.batch.SilentProducerException;
import java.time.Duration;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

/** What a refused login means for records without an answer. */
class ProducerLoginsTest {

    private final TimeoutException late = new TimeoutException("Expiring 1 record(s): The request has not been sent");

    private final MockProducer<String, byte[]> producer =
            new MockProducer<>(true, new RoundRobinPartitioner(), new StringSerializer(), new ByteArraySerializer());
    private final FakeLogins fake = FakeLogins.of(producer);
    private final ProducerLogins logins = new ProducerLogins(producer);

    @Test
    void waitsForAProducerThatIsLoggedIn() {
        assertThat(BatchLogins.ofBatch(logins).preventAnswers()).isFalse();
        assertThat(BatchLogins.ofTransaction(logins).preventAnswers()).isFalse();
        assertThat(BatchLogins.ofBatch(logins).explain(late)).isSameAs(late);
    }

    @Test
    void doesNotWaitForARefusedProducerThatHasNeverWritten() {
        BatchLogins before = BatchLogins.ofBatch(logins);
        fake.refuse();

        assertThat(before.preventAnswers()).isTrue();
        assertThat(BatchLogins.ofBatch(logins).preventAnswers()).isTrue();
    }

    @Test
    void waitsForABatchInFlightButNotForOneThatBeginsAfterTheRefusal() {
        BatchLogins.ofBatch(logins).onAcknowledged();
        BatchLogins inFlight = BatchLogins.ofBatch(logins);
        BatchLogins transaction = BatchLogins.ofTransaction(logins);
        fake.refuse();
        BatchLogins after = BatchLogins.ofBatch(logins);

        assertThat(inFlight.preventAnswers()).isFalse();
        assertThat(after.preventAnswers()).isTrue();
        assertThat(transaction.preventAnswers()).isTrue();
    }

    /** Otherwise the batch would be sent a second time: its records are on their way to a broker that accepts the login again. */
    @Test
    void waitsForABatchThatLeftAfterTheLoginWasAcceptedAgain() {
        fake.refuse();
        BatchLogins batch = BatchLogins.ofBatch(logins);
        BatchLogins transaction = BatchLogins.ofTransaction(logins);
        assertThat(batch.preventAnswers()).isTrue();
        fake.accept();
        fake.countRecords(1);

        assertThat(batch.preventAnswers()).isFalse();
        assertThat(transaction.preventAnswers()).isTrue();

        fake.refuse();

        assertThat(BatchLogins.ofBatch(logins).preventAnswers()).isTrue();
    }

    /** Two sources of a channel share a producer. Giving up one batch closes it, and the next producer would write the other batch again. */
    @Test
    void waitsWhileAnotherBatchOfTheProducerMayBeOnItsWay() {
        BatchLogins.ofBatch(logins).onAcknowledged();
        BatchLogins inFlight = BatchLogins.ofBatch(logins);
        inFlight.onSend();
        fake.refuse();
        BatchLogins after = BatchLogins.ofBatch(logins);
        after.onSend();
        assertThat(after.preventAnswers()).isFalse();
        ReplacementSchedule next = ReplacementSchedule.afterLogin(logins);
        fake.accept();
        assertThat(next.isDue()).isFalse();

        inFlight.onWaitEnded();

        assertThat(after.preventAnswers()).isTrue();
        assertThat(next.isDue()).isTrue();

        inFlight.onSend();

        assertThat(after.preventAnswers()).isFalse();
    }

    @Test
    void doesNotWaitForOtherBatchesThatHaveNotLeftEither() {
        fake.refuse();
        BatchLogins one = BatchLogins.ofBatch(logins);
        BatchLogins other = BatchLogins.ofBatch(logins);
        one.onSend();
        other.onSend();

        assertThat(one.preventAnswers()).isTrue();
        assertThat(other.preventAnswers()).isTrue();
    }

    @Test
    void anAcknowledgementAfterTheRefusalEndsIt() {
        fake.refuse();
        BatchLogins after = BatchLogins.ofBatch(logins);
        after.onAcknowledged();

        assertThat(after.preventAnswers()).isFalse();
        assertThat(BatchLogins.ofBatch(logins).preventAnswers()).isFalse();

        fake.refuse();
        after.onAcknowledged();

        assertThat(BatchLogins.ofBatch(logins).preventAnswers()).isTrue();
    }

    @Test
    void aLateRecordIsExplainedByTheRefusedLogin() {
        BatchLogins.ofBatch(logins).onAcknowledged();
        BatchLogins inFlight = BatchLogins.ofBatch(logins);
        SilentProducerException silence = new SilentProducerException(Duration.ofSeconds(1));
        IllegalStateException other = new IllegalStateException("closed");
        fake.refuse();

        assertThat(inFlight.explain(late)).isInstanceOf(AuthenticationException.class);
        assertThat(BatchLogins.ofBatch(logins).explain(late)).isInstanceOf(AuthenticationException.class);
        assertThat(inFlight.explain(silence)).isSameAs(silence);
        assertThat(inFlight.explain(other)).isSameAs(other);
    }

    @Test
    void replacementIsDueOnceTheOldProducerHasLoggedIn() {
        fake.accept();
        ReplacementSchedule next = ReplacementSchedule.afterLogin(logins);
        assertThat(next.isDue()).isFalse();

        fake.accept();

        assertThat(next.isDue()).isTrue();
        assertThat(ReplacementSchedule.atOnce().isDue()).isTrue();
        assertThat(ReplacementSchedule.soon().isDue()).isFalse();
        assertThat(ReplacementSchedule.later().isDue()).isFalse();
    }
}
