// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.take;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.channel.transaction.ChannelFailedException;
import io.flafka.exactlyonce.MemberOffsets;
import io.flafka.exactlyonce.PartitionsLostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The offsets that a sink commits for a take transaction, and what happens to its partitions after each end. */
// Only Kafka will create these objects one day; until then a test may.
@SuppressWarnings("removal")
class TakenOffsetsTest {

    private static final TopicPartition FIRST = new TopicPartition("t", 0);
    private static final TopicPartition SECOND = new TopicPartition("t", 1);

    private final TakeBuffer buffer = new TakeBuffer(
            TakeOrdering.PARTITION, new ReadAheadLimits(1_000, 1L << 20), new OffsetCommits.BySinks("k1"));
    private final AtomicInteger wakes = new AtomicInteger();
    private final AssignedQueues reader = new AssignedQueues("c1", buffer, wakes::incrementAndGet);
    private final OpenTake open = new OpenTake();
    private final TakenOffsets offsets = new TakenOffsets(buffer, open);

    @BeforeEach
    void join() {
        join(reader, "member", 4);
    }

    private static void join(AssignedQueues reader, String member, int generation) {
        reader.sinkCommits()
                .setMembership(new ConsumerGroupMetadata("g", generation, member, Optional.empty()), plain -> plain);
    }

    @Test
    void ofATransactionWithoutTakesThereAreNone() {
        assertThat(offsets.get()).isEmpty();
    }

    @Test
    void theOffsetIsThatOfTheNextRecordAndTheReaderCommitsNone() throws InterruptedException {
        reader.add(ReadRecords.of(FIRST, 10, 5));

        take(open, 3);
        assertThat(offsets.get()).containsExactly(of("member", Map.of(FIRST, 13L)));
        take(open, 2);
        assertThat(offsets.get()).containsExactly(of("member", Map.of(FIRST, 15L)));
        buffer.complete(open);

        assertThat(reader.offsetsToCommit()).isEmpty();
        reader.add(ReadRecords.of(FIRST, 15, 2));
        take(open, 1);
        assertThat(offsets.get()).containsExactly(of("member", Map.of(FIRST, 16L)));
    }

    @Test
    void eachReaderCommitsAsAMemberOfItsOwn() throws InterruptedException {
        AssignedQueues other = new AssignedQueues("c1", buffer, () -> {});
        join(other, "other", 5);
        reader.add(ReadRecords.of(FIRST, 0, 2));
        other.add(ReadRecords.of(SECOND, 0, 2));

        take(open, 4);

        assertThat(offsets.get())
                .containsExactlyInAnyOrder(of("member", Map.of(FIRST, 2L)), of("other", 5, Map.of(SECOND, 2L)));
    }

    @Test
    void aRevokedPartitionHasNoOffsetToSend() throws InterruptedException {
        reader.add(ReadRecords.of(FIRST, 0, 2));
        reader.add(ReadRecords.of(SECOND, 0, 2));
        take(open, 4);

        reader.revoke(List.of(FIRST));

        assertThatThrownBy(offsets::get)
                .isInstanceOf(PartitionsLostException.class)
                .hasMessageContaining("partition t-0 was revoked");
    }

    @Test
    void aRollbackGivesTheSameRecordsAgain() throws InterruptedException {
        reader.add(ReadRecords.of(FIRST, 0, 2));
        take(open, 2);

        offsets.rollBack();

        assertThat(take(new OpenTake(), 2)).isEqualTo("0 1 ");
        assertThat(reader.sinkCommits().takePartitionsToReadAgain()).isEmpty();
    }

    @Test
    void afterAnUnknownOutcomeNoRecordIsGivenUntilThePartitionIsReadAgain() throws InterruptedException {
        reader.add(ReadRecords.of(FIRST, 0, 3));
        take(open, 2);

        offsets.onCommitTried();
        offsets.rollBack();

        assertThat(wakes).hasPositiveValue();
        assertThat(take(new OpenTake(), 1)).isEmpty();
        reader.add(ReadRecords.of(FIRST, 3, 2));
        assertThat(take(new OpenTake(), 1)).isEmpty();
        assertThat(reader.sinkCommits().takePartitionsToReadAgain()).isEqualTo(Set.of(FIRST));
        assertThat(reader.sinkCommits().takePartitionsToReadAgain()).isEmpty();

        reader.forget(List.of(FIRST));
        reader.add(ReadRecords.of(FIRST, 2, 3));
        assertThat(take(open, 3)).isEqualTo("2 3 4 ");
        assertThat(offsets.get()).containsExactly(of("member", Map.of(FIRST, 5L)));
    }

    @Test
    void beforeTheReaderHasJoinedThereIsNoMember() throws InterruptedException {
        AssignedQueues other = new AssignedQueues("c1", buffer, () -> {});
        other.add(ReadRecords.of(SECOND, 0, 1));
        take(open, 1);

        assertThatThrownBy(offsets::get).isInstanceOf(PartitionsLostException.class);
    }

    @Test
    void aSinkThatCommitsNoOffsetsGetsNoEvents() {
        assertThatThrownBy(() -> buffer.commits().requireTakenOffsets("c1"))
                .isInstanceOf(ChannelFailedException.class)
                .hasMessageContaining("sink k1 commits the channel's offsets")
                .hasMessageContaining("give this sink a channel of its own");
    }

    private static MemberOffsets of(String member, Map<TopicPartition, Long> offsets) {
        return of(member, 4, offsets);
    }

    private static MemberOffsets of(String member, int generation, Map<TopicPartition, Long> offsets) {
        Map<TopicPartition, OffsetAndMetadata> next = offsets.entrySet().stream()
                .collect(java.util.stream.Collectors.toMap(
                        Map.Entry::getKey, each -> new OffsetAndMetadata(each.getValue())));
        return new MemberOffsets(new ConsumerGroupMetadata("g", generation, member, Optional.empty()), next);
    }

    private String take(OpenTake take, int count) throws InterruptedException {
        StringBuilder taken = new StringBuilder();
        for (int i = 0; i < count && (take.hasNext() || buffer.refill(take, Duration.ZERO)); i++) {
            taken.append(take.next().offset()).append(' ');
        }
        return taken.toString();
    }
}
