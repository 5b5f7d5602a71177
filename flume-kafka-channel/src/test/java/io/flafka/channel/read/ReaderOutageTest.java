// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.channel.take.AssignedQueues;
import io.flafka.channel.take.OpenTake;
import io.flafka.channel.take.ReadAheadLimits;
import io.flafka.channel.take.TakeBuffer;
import io.flafka.channel.take.TakeOrdering;
import io.flafka.failure.ClientAccess;
import io.flafka.testing.LogLines;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When the outage of a reader ends, and what is reported until then. */
class ReaderOutageTest {

    private static final TopicPartition PARTITION = new TopicPartition("t", 0);
    private static final ClientAccess ACCESS =
            new ClientAccess("b:1", "PLAINTEXT", "user 'u'", ClientAccess.TopicUse.READS);

    private final SaslAuthenticationException wrongPassword = new SaslAuthenticationException("Authentication failed");

    private final MockGroup group = new MockGroup();
    private final TakeBuffer buffer = new TakeBuffer(TakeOrdering.PARTITION, new ReadAheadLimits(1_000, 1L << 20));
    private final AssignedQueues queues = new AssignedQueues("c1", buffer, () -> {});
    private final LogLines log = new LogLines(ReaderOutage.class);
    private final ReaderOutage outage = new ReaderOutage("c1", "t", ACCESS, Duration.ZERO, queues);

    @BeforeEach
    void assign() {
        group.subscribe(List.of("t"));
        group.rebalance(List.of(PARTITION));
        group.updateEndOffsets(Map.of(PARTITION, 0L));
    }

    @AfterEach
    void stop() {
        log.close();
    }

    @Test
    void emptyPollsDoNotEndAnOutageWhileKafkaDoesNotAnswer() {
        group.failRequests(wrongPassword);

        for (int attempt = 0; attempt < 50; attempt++) {
            outage.reportRefusal(new SaslAuthenticationException("Authentication failed, attempt " + attempt));
            pollEmpty(5);
            assertThatThrownBy(this::take).hasMessageContaining("attempt " + attempt);
        }

        assertThat(log.lines())
                .containsExactly(
                        "ERROR KafkaChannel c1: cannot read topic t: kafka.bootstrap.servers=b:1 rejects the login of user 'u'"
                                + " (SaslAuthenticationException: Authentication failed, attempt 0); check"
                                + " kafka.client.sasl.jaas.config, and that the brokers know this user;"
                                + " operator action required; retrying");
    }

    @Test
    void endsWhenRecordsAreRead() throws InterruptedException {
        group.failRequests(wrongPassword);
        outage.reportRefusal(wrongPassword);

        outage.polled(group, 1);

        assertThat(take()).isFalse();
        assertThat(log.lines()).hasSize(2).last().isEqualTo("INFO KafkaChannel c1: reads topic t again");
    }

    @Test
    void endsWhenThePartitionsAnswer() throws InterruptedException {
        outage.reportRefusal(wrongPassword);

        pollEmpty(2);

        assertThat(take()).isFalse();
        assertThat(log.lines()).hasSize(2);
    }

    @Test
    void doesNotEndBeforeARefusalThatComesOnePollLate() {
        outage.reportRefusal(wrongPassword);
        pollEmpty(1);
        outage.reportRefusal(wrongPassword);

        pollEmpty(1);

        assertThatThrownBy(this::take).hasMessageContaining("Authentication failed");
    }

    @Test
    void withoutPartitionsEndsWhenTheTopicIsKnownAndTheGroupHasTheMember() throws InterruptedException {
        group.rebalance(List.of());
        outage.reportRefusal(wrongPassword);
        pollEmpty(2);
        assertThatThrownBy(this::take).hasMessageContaining("Authentication failed");

        group.updatePartitions("t", List.of(new org.apache.kafka.common.PartitionInfo("t", 0, null, null, null)));
        pollEmpty(1);

        assertThat(take()).isFalse();
    }

    @Test
    void passesOnAWakeUpThatWasMeantForThePoll() {
        outage.reportRefusal(wrongPassword);
        group.failRequests(new WakeupException());

        assertThatThrownBy(() -> pollEmpty(2)).isInstanceOf(WakeupException.class);
        assertThatThrownBy(this::take).hasMessageContaining("Authentication failed");
    }

    @Test
    void logsEachKindOncePerOutage() {
        outage.reportRefusal(new TimeoutException("after 1 ms"));
        outage.reportRefusal(wrongPassword);
        outage.reportRefusal(new TimeoutException("after 2 ms"));
        outage.reportRefusal(wrongPassword);
        assertThat(log.lines()).hasSize(2);

        outage.polled(group, 1);
        outage.reportRefusal(wrongPassword);

        assertThat(log.lines()).hasSize(4);
    }

    @Test
    void logsAFailureThatComesAndGoesOnce() throws InterruptedException {
        ReaderOutage patient = new ReaderOutage("c1", "t", ACCESS, Duration.ofMinutes(1), queues);
        for (int attempt = 0; attempt < 10; attempt++) {
            patient.reportRefusal(new KafkaException("the group refuses"));
            patient.polled(group, 1);
            assertThat(take()).isFalse();
        }

        assertThat(log.lines()).hasSize(1);
    }

    @Test
    void logsTheStackTraceOfAClientFailureOncePerKind() {
        outage.reportClientFailure(new IllegalStateException("No current assignment for partition t-0"));
        assertThatThrownBy(this::take)
                .hasMessage(
                        "KafkaChannel c1: cannot read topic t: its Kafka consumer failed (java.lang.IllegalStateException:"
                                + " No current assignment for partition t-0); replacing the consumer");
        outage.reportClientFailure(new IllegalStateException("No current assignment for partition t-1"));
        outage.polled(group, 1);
        outage.reportClientFailure(new IllegalStateException("No current assignment for partition t-2"));

        assertThat(log.lines()).hasSize(3);
        assertThat(log.throwables()).hasSize(1);
    }

    private void pollEmpty(int times) {
        for (int i = 0; i < times; i++) {
            outage.polled(group, 0);
        }
    }

    /** Returns true if a take finds records. During an outage it fails with the reason. */
    private boolean take() throws InterruptedException {
        return buffer.refill(new OpenTake(), Duration.ZERO);
    }
}
