// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.take;

import static java.util.Comparator.comparing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.channel.transaction.ChannelFailedException;
import io.flafka.consume.RecordMemory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** Which transaction gets which record, and which offsets are committed, with commits, rollbacks and revocations. */
class TakeBufferTest {

    private static final TopicPartition FIRST = new TopicPartition("t", 0);
    private static final TopicPartition SECOND = new TopicPartition("t", 1);
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final AtomicInteger wakeUps = new AtomicInteger();
    private TakeBuffer buffer = new TakeBuffer(TakeOrdering.PARTITION, new ReadAheadLimits(1_000, 1L << 20));
    private AssignedQueues reader = new AssignedQueues("c1", buffer, wakeUps::incrementAndGet);

    @Test
    void givesTheRecordsOfAPartitionInOrder() throws InterruptedException {
        read(FIRST, 0, 3);
        assertThat(take(new OpenTake(), 4)).containsExactly("0:0", "0:1", "0:2");
    }

    @Test
    void aPartitionIsInOneOpenTransactionAtATime() throws InterruptedException {
        read(FIRST, 0, 3);
        OpenTake one = new OpenTake();
        OpenTake other = new OpenTake();
        take(one, 1);

        assertThat(take(other, 1)).isEmpty();

        buffer.complete(one);
        assertThat(take(other, 3)).containsExactly("0:1", "0:2");
    }

    @Test
    void transactionsShareThePartitions() throws InterruptedException {
        read(FIRST, 0, 2);
        read(SECOND, 0, 2);
        OpenTake one = new OpenTake();
        OpenTake other = new OpenTake();

        assertThat(take(one, 1)).containsExactly("0:0");
        assertThat(take(other, 1)).containsExactly("1:0");
        assertThat(take(one, 2)).containsExactly("0:1");
    }

    @Test
    void withoutOrderingAnySinkTakesFromAnyPartition() throws InterruptedException {
        withoutOrdering();
        read(FIRST, 0, 5);
        OpenTake stalled = new OpenTake();
        take(stalled, 1);

        assertThat(take(new OpenTake(), 4)).containsExactly("0:1", "0:2", "0:3", "0:4");
    }

    @Test
    void withoutOrderingCommitsNothingBeyondAnOpenEvent() throws InterruptedException {
        withoutOrdering();
        read(FIRST, 0, 3);
        OpenTake stalled = new OpenTake();
        take(stalled, 1);
        OpenTake quick = new OpenTake();
        take(quick, 2);

        buffer.complete(quick);
        assertThat(reader.offsetsToCommit()).isEmpty();

        buffer.complete(stalled);
        assertThat(reader.offsetsToCommit()).isEqualTo(Map.of(FIRST, new OffsetAndMetadata(3)));
    }

    @Test
    void givesRolledBackRecordsFirstAndInOrder() throws InterruptedException {
        read(FIRST, 0, 20);
        OpenTake open = new OpenTake();
        take(open, 10);
        buffer.rollBack(open);
        take(open, 3);
        buffer.rollBack(open);

        assertThat(take(new OpenTake(), 20))
                .hasSize(20)
                .isSortedAccordingTo(comparing(name -> Integer.parseInt(name.substring(2))));
    }

    @Test
    void givesOtherPartitionsBeforeAPartitionStoppedAtABadRecord() throws InterruptedException {
        read(FIRST, 0, 2);
        read(SECOND, 0, 1);
        OpenTake open = new OpenTake();
        buffer.refill(open, Duration.ZERO);

        assertThat(buffer.stopAt(open, open.next())).isTrue();

        assertThat(open.count()).isZero();
        buffer.rollBack(open);
        assertThat(take(new OpenTake(), 3)).containsExactly("1:0", "0:0", "0:1");
    }

    @Test
    void commitsTheOffsetAfterTheLastTakenRecordOfEachPartition() throws InterruptedException {
        read(FIRST, 5, 2);
        read(SECOND, 9, 2);
        OpenTake open = new OpenTake();
        take(open, 3);
        assertThat(reader.offsetsToCommit()).isEmpty();

        TakeBuffer.Completed completed = buffer.complete(open);

        assertThat(completed).isEqualTo(new TakeBuffer.Completed(0, Set.of(reader)));
        Map<TopicPartition, OffsetAndMetadata> toCommit = reader.offsetsToCommit();
        assertThat(toCommit).isEqualTo(Map.of(FIRST, new OffsetAndMetadata(7), SECOND, new OffsetAndMetadata(10)));
        reader.onCommitted(toCommit);
        assertThat(reader.offsetsToCommit()).isEmpty();
    }

    @Test
    void commitsOffsetsThatAreNotRecordsAfterTheLastRecord() throws InterruptedException {
        read(FIRST, 0, 1);
        reader.add(new ConsumerRecords<>(Map.of(), Map.of(FIRST, new OffsetAndMetadata(2))));
        OpenTake open = new OpenTake();
        take(open, 1);

        buffer.complete(open);

        assertThat(reader.offsetsToCommit()).isEqualTo(Map.of(FIRST, new OffsetAndMetadata(2)));
    }

    @Test
    void neverCommitsARevokedPartition() throws InterruptedException {
        read(FIRST, 0, 2);
        read(SECOND, 0, 1);
        OpenTake open = new OpenTake();
        take(open, 3);
        reader.revoke(List.of(FIRST));

        TakeBuffer.Completed completed = buffer.complete(open);

        assertThat(completed.revokedEvents()).isEqualTo(2);
        assertThat(reader.offsetsToCommit()).isEqualTo(Map.of(SECOND, new OffsetAndMetadata(1)));
    }

    @Test
    void aRevocationGivesNoMoreRecordsAndWaitsForTheTransactionThatHoldsThePartition() throws InterruptedException {
        read(FIRST, 0, 2);
        OpenTake open = new OpenTake();
        take(open, 1);

        CompletableFuture<Boolean> drained =
                CompletableFuture.supplyAsync(() -> reader.drain(List.of(FIRST), PATIENCE));
        assertThat(drained).isNotDone();
        buffer.complete(open);

        assertThat(drained).succeedsWithin(PATIENCE).isEqualTo(true);
        assertThat(take(new OpenTake(), 1)).isEmpty();
        assertThat(reader.offsetsToCommit()).isEqualTo(Map.of(FIRST, new OffsetAndMetadata(1)));
    }

    @Test
    void aRevocationWaitsABoundedTime() throws InterruptedException {
        read(FIRST, 0, 2);
        take(new OpenTake(), 1);
        assertThat(reader.drain(List.of(FIRST), Duration.ofMillis(10))).isFalse();
    }

    @Test
    void aRollbackDoesNotBringBackRecordsOfARevokedPartition() throws InterruptedException {
        read(FIRST, 0, 2);
        OpenTake open = new OpenTake();
        take(open, 2);
        reader.revoke(List.of(FIRST));

        buffer.rollBack(open);

        assertThat(take(new OpenTake(), 1)).isEmpty();
    }

    @Test
    void aPartitionAssignedAgainIsIndependentOfItsEarlierAssignment() throws InterruptedException {
        read(FIRST, 0, 2);
        OpenTake before = new OpenTake();
        take(before, 2);
        reader.revoke(List.of(FIRST));
        read(FIRST, 0, 2);
        OpenTake after = new OpenTake();
        take(after, 1);

        buffer.rollBack(before);

        assertThat(take(after, 2)).containsExactly("0:1");
        assertThat(reader.offsetsToCommit()).isEmpty();
    }

    @Test
    void pausesAFullPartitionUntilHalfOfItIsTaken() throws InterruptedException {
        read(FIRST, 0, 500);
        read(FIRST, 500, 500);
        assertThat(reader.partitionsToPause()).containsExactly(FIRST);
        assertThat(wakeUps).hasValue(0);

        take(new OpenTake(), 1);

        assertThat(wakeUps).hasPositiveValue();
        assertThat(reader.partitionsToPause()).isEmpty();
    }

    @Test
    void dividesTheBytesEquallyBetweenPartitions() {
        buffer = new TakeBuffer(
                TakeOrdering.PARTITION, new ReadAheadLimits(1_000, 10 * (RecordMemory.RECORD_OVERHEAD + 1)));
        reader = new AssignedQueues("c1", buffer, wakeUps::incrementAndGet);
        read(FIRST, 0, 5);
        assertThat(reader.partitionsToPause()).isEmpty();

        reader.add(ReadRecords.of(SECOND, 0, 1));

        assertThat(reader.partitionsToPause()).containsExactly(FIRST);
    }

    @Test
    void aWaitingTakeReturnsAsSoonAsRecordsArrive() {
        CompletableFuture<Boolean> refilled = CompletableFuture.supplyAsync(() -> {
            try {
                return buffer.refill(new OpenTake(), PATIENCE);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });

        read(FIRST, 0, 1);

        assertThat(refilled).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(true);
    }

    @Test
    void aTakeWithoutRecordsFailsWithTheReasonOfTheOutage() {
        reader.reportOutage("KafkaChannel c1: cannot read topic t: denied");

        assertThatThrownBy(() -> buffer.refill(new OpenTake(), PATIENCE))
                .isInstanceOf(ChannelFailedException.class)
                .hasMessage("KafkaChannel c1: cannot read topic t: denied");
    }

    @Test
    void givesRecordsThatWereReadBeforeAnOutage() throws InterruptedException {
        read(FIRST, 0, 1);
        reader.reportOutage("denied");

        assertThat(take(new OpenTake(), 1)).containsExactly("0:0");
    }

    @Test
    void aReaderThatStopsAnswersAllWaitingTransactions() {
        PendingCommit commit = reader.requestCommit();

        reader.stop("KafkaChannel c1: has stopped");

        assertThat(List.of(commit.await(PATIENCE), reader.requestCommit().await(PATIENCE)))
                .containsOnly(PendingCommit.Answer.REFUSED);
        assertThatThrownBy(() -> buffer.refill(new OpenTake(), PATIENCE)).hasMessage("KafkaChannel c1: has stopped");
    }

    private void withoutOrdering() {
        buffer = new TakeBuffer(TakeOrdering.NONE, new ReadAheadLimits(1_000, 1L << 20));
        reader = new AssignedQueues("c1", buffer, wakeUps::incrementAndGet);
    }

    private void read(TopicPartition partition, long firstOffset, int count) {
        reader.add(ReadRecords.of(partition, firstOffset, count));
    }

    private List<String> take(OpenTake open, int count) throws InterruptedException {
        List<String> taken = new ArrayList<>();
        while (taken.size() < count && (open.hasNext() || buffer.refill(open, Duration.ZERO))) {
            ConsumerRecord<byte[], byte[]> record = open.next();
            taken.add(record.partition() + ":" + record.offset());
        }
        return taken;
    }
}
