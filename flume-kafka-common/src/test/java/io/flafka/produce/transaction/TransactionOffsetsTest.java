// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.client.ClientSettings;
import io.flafka.client.KafkaClients;
import io.flafka.exactlyonce.MemberOffsets;
import io.flafka.exactlyonce.OffsetsToCommit;
import io.flafka.exactlyonce.PartitionsLostException;
import io.flafka.metrics.MetricGroup;
import io.flafka.produce.batch.PublishException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

/** Offsets in Kafka transactions: committed with the records, or not at all. */
// Only Kafka will create these objects one day; until then a test may.
@SuppressWarnings("removal")
class TransactionOffsetsTest {

    private static final List<ProducerRecord<String, byte[]>> RECORDS =
            List.of(new ProducerRecord<>("t", "a", new byte[] {1}));
    private static final TopicPartition PARTITION = new TopicPartition("in", 3);
    private static final Map<TopicPartition, OffsetAndMetadata> NEXT = Map.of(PARTITION, new OffsetAndMetadata(7));

    /** The offset 7 of one member, or a failure. */
    private static final class Offsets implements OffsetsToCommit {

        private RuntimeException failure = new IllegalStateException();
        private boolean fails;
        private int triedCommits;

        @Override
        public List<MemberOffsets> get() {
            if (fails) {
                throw failure;
            }
            return List.of(new MemberOffsets(new ConsumerGroupMetadata("g", 4, "member", Optional.empty()), NEXT));
        }

        @Override
        public void onCommitTried() {
            triedCommits++;
        }
    }

    private final MockProducer<String, byte[]> first = producer();
    private final MockProducer<String, byte[]> second = producer();
    private final Queue<MockProducer<String, byte[]>> next = new ArrayDeque<>(List.of(first, second));
    private final Offsets offsets = new Offsets();
    private final TransactionalPublisher publisher = new TransactionalPublisher(
            new TransactionalIds("once", TransactionalIds.Kind.SINK, "agent", "k1"),
            (id, number) -> next.remove(),
            new TransactionalPublisher.Limits(1, Fencing.RETRIES),
            new ClientSettings(Map.of("bootstrap.servers", "b:9092")),
            KafkaClients.REAL::admin,
            new TransactionMetrics(new MetricGroup()));

    @Test
    void recordsAndOffsetsAreCommittedTogether() throws PublishException {
        publisher.publish(RECORDS, offsets);

        assertThat(first.history()).isEqualTo(RECORDS);
        assertThat(first.consumerGroupOffsetsHistory()).containsExactly(Map.of("g", NEXT));
    }

    @Test
    void offsetsAreCommittedWithoutARecord() throws PublishException {
        publisher.publish(List.of(), offsets);

        assertThat(first.consumerGroupOffsetsHistory()).containsExactly(Map.of("g", NEXT));
    }

    @Test
    void ofLostPartitionsNothingIsWritten() {
        offsets.failure = new PartitionsLostException("partition in-3 was revoked");
        offsets.fails = true;

        assertThatThrownBy(() -> publisher.publish(RECORDS, offsets))
                .isInstanceOf(PublishException.class)
                .hasMessage("the Kafka transaction of 1 records was not confirmed: its offsets were not accepted:"
                        + " PartitionsLostException: partition in-3 was revoked; retrying");
        assertThatThrownBy(() -> publisher.publish(List.of(), offsets)).isInstanceOf(PublishException.class);

        assertThat(first.transactionAborted()).isTrue();
        assertThat(first.history()).isEmpty();
        assertThat(offsets.triedCommits).isZero();
    }

    @Test
    void refusedOffsetsAbortTheTransaction() throws PublishException {
        first.sendOffsetsToTransactionException = new CommitFailedException("the member is not in its group");

        assertThatThrownBy(() -> publisher.publish(RECORDS, offsets))
                .hasMessageContaining("its offsets were not accepted: CommitFailedException");

        assertThat(first.transactionAborted()).isTrue();
        assertThat(offsets.triedCommits).isZero();
        first.sendOffsetsToTransactionException = null;
        publisher.publish(RECORDS, offsets);
        assertThat(first.history()).isEqualTo(RECORDS);
        assertThat(next).containsExactly(second);
    }

    @Test
    void aMissingRightToReadIsNotBlamedOnARecord() {
        first.sendOffsetsToTransactionException = new TopicAuthorizationException("not authorized for in");

        assertThatThrownBy(() -> publisher.publish(RECORDS, offsets))
                .isInstanceOfSatisfying(
                        PublishException.class,
                        failure -> assertThat(failure.firstFailed()).isEqualTo(RECORDS.size()))
                .hasMessageContaining("its offsets were not accepted: TopicAuthorizationException");
    }

    @Test
    void aCommitWithoutAnAnswerMakesTheOutcomeUnknown() throws PublishException {
        first.commitTransactionException = new TimeoutException("no answer");

        assertThatThrownBy(() -> publisher.publish(RECORDS, offsets)).hasMessageContaining("no answer");

        assertThat(offsets.triedCommits).isOne();
        assertThat(first.closed()).isTrue();
        // Only the start of the next producer ends the transaction of the first.
        assertThat(second.transactionInitialized()).isFalse();
        publisher.prepare();
        assertThat(second.transactionInitialized()).isTrue();
    }

    @Test
    void aFencedProducerTakesItsIdBack() throws PublishException {
        first.commitTransactionException = new InvalidProducerEpochException("newer epoch");

        assertThatThrownBy(() -> publisher.publish(RECORDS, offsets))
                .hasMessageContaining("another process has taken over the transactional id once-sink.agent.k1.0")
                .hasMessageContaining("no event is written twice; retrying");

        publisher.publish(RECORDS, offsets);
        assertThat(second.history()).isEqualTo(RECORDS);
    }

    @Test
    void aConsumerThatIsNotAMemberHasNoOffsets() {
        assertThatThrownBy(() -> new MemberOffsets(new ConsumerGroupMetadata("g"), NEXT))
                .isInstanceOf(PartitionsLostException.class)
                .hasMessage("this consumer is not a member of group g now");
    }

    private static MockProducer<String, byte[]> producer() {
        return new MockProducer<>(true, new RoundRobinPartitioner(), new StringSerializer(), new ByteArraySerializer());
    }
}
