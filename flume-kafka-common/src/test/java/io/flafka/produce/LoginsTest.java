// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

/** What a refused login means for records that wait. */
class LoginsTest {

    private final TimeoutException late = new TimeoutException("Expiring 1 record(s): The request has not been sent");

    private final MockProducer<String, byte[]> producer =
            new MockProducer<>(true, new RoundRobinPartitioner(), new StringSerializer(), new ByteArraySerializer());
    private final FakeLogins fake = FakeLogins.of(producer);
    private final Logins logins = new Logins(producer);

    @Test
    void aProducerThatNobodyRefusesIsWaitedFor() {
        assertThat(LoginWatch.ofBatch(logins).isHopeless()).isFalse();
        assertThat(LoginWatch.ofTransaction(logins).isHopeless()).isFalse();
        assertThat(LoginWatch.ofBatch(logins).explained(late)).isSameAs(late);
    }

    @Test
    void oneThatHasNeverWrittenAndIsRefusedIsNotWaitedFor() {
        LoginWatch before = LoginWatch.ofBatch(logins);
        fake.refuse();

        assertThat(before.isHopeless()).isTrue();
        assertThat(LoginWatch.ofBatch(logins).isHopeless()).isTrue();
    }

    @Test
    void aBatchOnItsWayIsWaitedForAndOneThatBeginsAfterTheRefusalIsNot() {
        LoginWatch.ofBatch(logins).acknowledged();
        LoginWatch onItsWay = LoginWatch.ofBatch(logins);
        LoginWatch transaction = LoginWatch.ofTransaction(logins);
        fake.refuse();
        LoginWatch after = LoginWatch.ofBatch(logins);

        assertThat(onItsWay.isHopeless()).isFalse();
        assertThat(after.isHopeless()).isTrue();
        assertThat(transaction.isHopeless()).isTrue();
    }

    @Test
    void whatIsAcknowledgedAfterARefusalForgivesIt() {
        fake.refuse();
        LoginWatch after = LoginWatch.ofBatch(logins);
        after.acknowledged();

        assertThat(after.isHopeless()).isFalse();
        assertThat(LoginWatch.ofBatch(logins).isHopeless()).isFalse();

        fake.refuse();
        after.acknowledged();

        assertThat(LoginWatch.ofBatch(logins).isHopeless()).isTrue();
    }

    @Test
    void aRecordThatWasLateBecauseOfTheLoginSaysSo() {
        LoginWatch.ofBatch(logins).acknowledged();
        LoginWatch onItsWay = LoginWatch.ofBatch(logins);
        SilentProducerException silence = new SilentProducerException(Duration.ofSeconds(1));
        IllegalStateException other = new IllegalStateException("closed");
        fake.refuse();

        assertThat(onItsWay.explained(late)).isInstanceOf(AuthenticationException.class);
        assertThat(LoginWatch.ofBatch(logins).explained(late)).isInstanceOf(AuthenticationException.class);
        assertThat(onItsWay.explained(silence)).isSameAs(silence);
        assertThat(onItsWay.explained(other)).isSameAs(other);
    }

    @Test
    void anotherProducerIsWorthWhileOnceTheOldOneIsLetIn() {
        fake.accept();
        Replacement next = Replacement.afterLogin(logins);
        assertThat(next.isDue()).isFalse();

        fake.accept();

        assertThat(next.isDue()).isTrue();
        assertThat(Replacement.atOnce().isDue()).isTrue();
        assertThat(Replacement.soon().isDue()).isFalse();
        assertThat(Replacement.later().isDue()).isFalse();
    }
}
