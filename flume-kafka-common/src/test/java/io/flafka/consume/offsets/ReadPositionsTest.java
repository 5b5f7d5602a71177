// SPDX-License-Identifier: Apache-2.0
package io.flafka.consume.offsets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.testing.LogLines;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.LogTruncationException;
import org.apache.kafka.clients.consumer.NoOffsetForPartitionException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Offsets that Kafka no longer has, while the consumer reads. */
class ReadPositionsTest {

    private static final String OUT_OF_RANGE = "out of range";
    private static final TopicPartition FIRST = ReadingComponent.FIRST;
    private static final TopicPartition SECOND = ReadingComponent.SECOND;

    private final ReadingComponent component = new ReadingComponent();
    private final ScriptedConsumer consumer = component.consumer;
    private final FakeTopics topics = component.topics;
    private final ReadingComponent.Pending pending = component.pending;
    private final LogLines log = component.log;

    @AfterEach
    void closeLog() {
        component.close();
    }

    @Test
    void movesPastRecordsDeletedUnreadAndKeepsPendingRecords() {
        ReadPositions positions = component.reading("earliest");
        consumer.has(FIRST, 70, 100);

        outOfRange(positions, 50);

        assertThat(consumer.position(FIRST)).isEqualTo(70);
        assertThat(pending.forgotten).isEmpty();
        assertThat(log.lines())
                .containsExactly("WARN KafkaSource r1: records were deleted before they were read, by the topic's"
                        + " retention or by kafka-delete-records.sh; reading continues: t-0 at offset 70 instead of 50"
                        + " (kafka.consumer.auto.offset.reset = earliest). Increase retention.ms or retention.bytes of the"
                        + " topic");
        assertThat(topics.lookups).hasSize(1);
    }

    @Test
    void withLatestMovesToTheEndAndCountsTheSkippedRecords() {
        ReadPositions positions = component.reading("latest");
        consumer.has(FIRST, 70, 100);

        outOfRange(positions, 50);

        assertThat(consumer.position(FIRST)).isEqualTo(100);
        assertThat(log.lines())
                .anySatisfy(line -> assertThat(line)
                        .contains("t-0 at offset 100 instead of 50 (skips up to 30 records before it)"));
    }

    @Test
    void movesBackFromAnOffsetBeyondTheEndAndForgetsPendingRecords() {
        ReadPositions positions = component.reading("earliest");
        consumer.has(FIRST, 3, 20);

        outOfRange(positions, 50);

        assertThat(consumer.position(FIRST)).isEqualTo(3);
        assertThat(pending.forgotten).containsExactly(FIRST);
        assertThat(log.lines())
                .containsExactly("WARN KafkaSource r1: the partition ends before the next offset to read, for example"
                        + " after lost records, a recreated topic or a wrong offset reset of the group; reading continues:"
                        + " t-0 at offset 3 instead of 50 (kafka.consumer.auto.offset.reset = earliest). With"
                        + " kafka.consumer.auto.offset.reset = earliest the whole partition is read in this case");
    }

    @Test
    void withLatestMovesBackToTheEndButNotPastPendingRecords() {
        ReadPositions positions = component.reading("latest");
        consumer.has(FIRST, 3, 20);
        pending.lowestOffsets.put(FIRST, 15L);

        outOfRange(positions, 50);

        assertThat(consumer.position(FIRST)).isEqualTo(15);
        assertThat(log.lines())
                .anySatisfy(line ->
                        assertThat(line).contains("t-0 at offset 15 instead of 50 (skips up to 12 records before it)"));
    }

    @Test
    void neverMovesBeforeTheBeginning() {
        ReadPositions positions = component.reading("latest");
        consumer.has(FIRST, 3, 20);
        pending.lowestOffsets.put(FIRST, 1L);

        outOfRange(positions, 50);

        assertThat(consumer.position(FIRST)).isEqualTo(3);
    }

    @Test
    void doesNotMoveIfTheOffsetExistsAfterAll() {
        ReadPositions positions = component.reading("latest");

        outOfRange(positions, 50);
        outOfRange(positions, 100);

        assertThat(consumer.position(FIRST)).isEqualTo(50);
        assertThat(pending.forgotten).isEmpty();
        assertThat(log.lines()).isEmpty();
        assertThat(topics.lookups).hasSize(1);
    }

    @Test
    void ignoresAPartitionThatWasRevokedMeanwhile() {
        ReadPositions positions = component.reading("earliest");
        consumer.rebalance(List.of(SECOND));

        outOfRange(positions, 500);

        assertThat(log.lines()).isEmpty();
    }

    @Test
    void afterATruncationContinuesAtTheDivergentOffset() {
        ReadPositions positions = component.reading("latest");

        truncated(positions, 50, Optional.of(40L));

        assertThat(consumer.position(FIRST)).isEqualTo(40);
        assertThat(pending.forgotten).containsExactly(FIRST);
        assertThat(log.lines())
                .containsExactly(
                        "WARN KafkaSource r1: Kafka has lost records that were already read, for example after an"
                                + " unclean leader election; reading continues where the loss begins, or before it: t-0 at offset 40"
                                + " instead of 50");
    }

    @Test
    void afterATruncationReadsEarlierPendingRecordsAgain() {
        ReadPositions positions = component.reading("latest");
        pending.lowestOffsets.put(FIRST, 30L);

        truncated(positions, 50, Optional.of(40L));

        assertThat(consumer.position(FIRST)).isEqualTo(30);
    }

    @Test
    void afterATruncationWithoutADivergentOffsetTheResetApplies() {
        ReadPositions positions = component.reading("earliest");

        truncated(positions, 50, Optional.empty());

        assertThat(consumer.position(FIRST)).isZero();
        assertThat(pending.forgotten).containsExactly(FIRST);
    }

    @Test
    void withNoneAnOffsetOutOfRangeIsRejected() {
        ReadPositions positions = component.reading("none");
        consumer.has(FIRST, 70, 100);

        outOfRange(positions, 50);

        assertThatThrownBy(() -> component.poll(positions))
                .isInstanceOf(NoStartingOffsetException.class)
                .hasMessage("no valid offset to read from: t-0 no longer has offset 50 or has other records there. With"
                        + " kafka.consumer.auto.offset.reset = none the operator must set one: stop all members of group g,"
                        + " reset its offsets with kafka-consumer-groups.sh and start them again, or set earliest or"
                        + " latest");
        assertThat(consumer.paused()).containsExactlyInAnyOrder(FIRST, SECOND);
        assertThat(positions.retryUndecided()).containsExactly(FIRST);
        assertThat(consumer.position(FIRST)).isEqualTo(50);
    }

    @Test
    void setsTheMissingPositionOfAPartition() {
        ReadPositions positions = component.reading("earliest");
        consumer.setPollException(new NoOffsetForPartitionException(Set.of(FIRST)));

        assertThat(component.poll(positions)).isEmpty();

        assertThat(consumer.position(FIRST)).isEqualTo(50);
        assertThat(consumer.committedCalls()).isEqualTo(2);
        assertThat(consumer.paused()).isEmpty();
    }

    private void outOfRange(ReadPositions positions, long asked) {
        consumer.setPollException(new OffsetOutOfRangeException(OUT_OF_RANGE, Map.of(FIRST, asked)));
        assertThat(component.poll(positions)).isEmpty();
    }

    private void truncated(ReadPositions positions, long asked, Optional<Long> divergent) {
        consumer.setPollException(new LogTruncationException(
                "cut",
                Map.of(FIRST, asked),
                divergent
                        .map(offset -> Map.of(FIRST, new OffsetAndMetadata(offset)))
                        .orElse(Map.of())));
        assertThat(component.poll(positions)).isEmpty();
    }
}
