// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** Who gets which record, through commits, rollbacks and revocations. */
class TakeBufferTest {

    private static final TopicPartition FIRST = new TopicPartition("t", 0);
    private static final TopicPartition SECOND = new TopicPartition("t", 1);

    private final AtomicInteger wakeUps = new AtomicInteger();
    private final TakeBuffer buffer = new TakeBuffer(wakeUps::incrementAndGet);

    @Test
    void givesAPartitionsRecordsInOrder() throws InterruptedException {
        read(FIRST, 0, 3);
        Claim claim = new Claim();

        assertThat(take(claim, 4)).containsExactly("0:0", "0:1", "0:2");
    }

    @Test
    void aPartitionIsInOneOpenTransactionAtATime() throws InterruptedException {
        read(FIRST, 0, 3);
        Claim one = new Claim();
        Claim other = new Claim();
        take(one, 1);

        assertThat(take(other, 1)).isEmpty();

        buffer.release(one);
        assertThat(take(other, 3)).containsExactly("0:1", "0:2");
    }

    @Test
    void transactionsShareThePartitions() throws InterruptedException {
        read(FIRST, 0, 2);
        read(SECOND, 0, 2);
        Claim one = new Claim();
        Claim other = new Claim();

        assertThat(take(one, 1)).containsExactly("0:0");
        assertThat(take(other, 1)).containsExactly("1:0");
        assertThat(take(one, 2)).containsExactly("0:1");
    }

    @Test
    void whatWasRolledBackComesAgainFirstAndInOrder() throws InterruptedException {
        read(FIRST, 0, 20);
        Claim claim = new Claim();
        take(claim, 10);
        buffer.giveBackAll(claim);
        take(claim, 3);
        buffer.giveBackAll(claim);

        assertThat(take(new Claim(), 20)).containsExactlyElementsOf(names(FIRST, 0, 20));
    }

    @Test
    void aBadRecordGoesBackAndItsPartitionWaitsForTheOthers() throws InterruptedException {
        read(FIRST, 0, 2);
        read(SECOND, 0, 1);
        Claim claim = new Claim();
        TakeBuffer.Taken first = buffer.take(claim, Duration.ZERO).orElseThrow();

        buffer.giveBackMalformed(claim, first);

        assertThat(claim.count()).isZero();
        assertThat(take(new Claim(), 3)).containsExactly("1:0", "0:0", "0:1");
    }

    @Test
    void aRequestThatNobodyWaitsForIsNotCommitted() throws InterruptedException {
        read(FIRST, 0, 1);
        Claim claim = new Claim();
        take(claim, 1);
        CommitRequest request = buffer.requestCommit(claim);

        buffer.withdraw(request);

        assertThat(buffer.hasRequests()).isFalse();
    }

    @Test
    void asksForTheOffsetAfterTheLastTakenOfEachPartition() throws InterruptedException {
        read(FIRST, 5, 2);
        read(SECOND, 9, 1);
        Claim claim = new Claim();
        take(claim, 3);

        CommitRequest request = buffer.requestCommit(claim);

        assertThat(request.offsets())
                .isEqualTo(Map.of(FIRST, new OffsetAndMetadata(7), SECOND, new OffsetAndMetadata(10)));
        assertThat(wakeUps).hasPositiveValue();
        assertThat(buffer.drainRequests()).containsExactly(request);
    }

    @Test
    void neverAsksForAPartitionThatIsAnotherMembers() throws InterruptedException {
        read(FIRST, 0, 2);
        read(SECOND, 0, 1);
        Claim claim = new Claim();
        take(claim, 3);
        buffer.revoke(List.of(FIRST));

        CommitRequest request = buffer.requestCommit(claim);

        assertThat(request.offsets()).isEqualTo(Map.of(SECOND, new OffsetAndMetadata(1)));
        assertThat(request.revoked()).isEqualTo(2);
    }

    @Test
    void aRollbackDoesNotBringBackWhatAnotherMemberReadsNow() throws InterruptedException {
        read(FIRST, 0, 2);
        Claim claim = new Claim();
        take(claim, 2);
        buffer.revoke(List.of(FIRST));

        buffer.giveBackAll(claim);

        assertThat(take(new Claim(), 1)).isEmpty();
    }

    @Test
    void aPartitionThatComesBackIsNotMixedUpWithItsFormerSelf() throws InterruptedException {
        read(FIRST, 0, 2);
        Claim before = new Claim();
        take(before, 2);
        buffer.revoke(List.of(FIRST));
        read(FIRST, 0, 2);
        Claim after = new Claim();
        take(after, 1);

        buffer.giveBackAll(before);

        assertThat(take(after, 2)).containsExactly("0:1");
    }

    @Test
    void pausesAFullPartitionUntilHalfOfItIsTaken() throws InterruptedException {
        read(FIRST, 0, 1_000);
        assertThat(buffer.toPause()).containsExactly(FIRST);
        Claim claim = new Claim();

        take(claim, 499);
        assertThat(buffer.toPause()).containsExactly(FIRST);
        assertThat(wakeUps).hasValue(0);
        take(claim, 1);

        assertThat(wakeUps).hasPositiveValue();
        assertThat(buffer.toPause()).isEmpty();
    }

    @Test
    void aTakeReturnsAsSoonAsSomethingArrives() {
        CompletableFuture<List<String>> taken = CompletableFuture.supplyAsync(() -> {
            try {
                return buffer.take(new Claim(), Duration.ofMinutes(1)).stream()
                        .map(TakeBufferTest::name)
                        .toList();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });

        read(FIRST, 0, 1);

        assertThat(taken).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(List.of("0:0"));
    }

    @Test
    void aTakeThatFindsNothingIsToldWhyKafkaCannotBeRead() {
        buffer.troubled("KafkaChannel c1 cannot read topic t: denied");

        assertThatThrownBy(() -> buffer.take(new Claim(), Duration.ofMinutes(1)))
                .isInstanceOf(ChannelFailure.class)
                .hasMessage("KafkaChannel c1 cannot read topic t: denied");
    }

    @Test
    void whatIsThereIsGivenEvenIfKafkaCannotBeRead() throws InterruptedException {
        read(FIRST, 0, 1);
        buffer.troubled("denied");

        assertThat(take(new Claim(), 1)).containsExactly("0:0");
    }

    @Test
    void theEndAnswersWhoeverWaits() throws InterruptedException {
        read(FIRST, 0, 1);
        Claim claim = new Claim();
        take(claim, 1);
        CommitRequest request = buffer.requestCommit(claim);

        buffer.ended("KafkaChannel c1: its consumer has ended");

        assertThat(request.awaitFailure(Duration.ofMinutes(1))).hasValue("KafkaChannel c1: its consumer has ended");
        assertThat(buffer.requestCommit(claim).awaitFailure(Duration.ofMinutes(1)))
                .hasValue("KafkaChannel c1: its consumer has ended");
    }

    private void read(TopicPartition partition, long firstOffset, int count) {
        buffer.add(LongStream.range(firstOffset, firstOffset + count)
                .mapToObj(offset ->
                        new ConsumerRecord<>(partition.topic(), partition.partition(), offset, "key", new byte[] {1}))
                .toList());
    }

    private List<String> take(Claim claim, int count) throws InterruptedException {
        List<String> taken = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Optional<TakeBuffer.Taken> next = buffer.take(claim, Duration.ZERO);
            next.map(TakeBufferTest::name).ifPresent(taken::add);
        }
        return taken;
    }

    private static List<String> names(TopicPartition partition, long first, int count) {
        return LongStream.range(first, first + count)
                .mapToObj(offset -> partition.partition() + ":" + offset)
                .toList();
    }

    private static String name(TakeBuffer.Taken taken) {
        return taken.record().partition() + ":" + taken.record().offset();
    }
}
