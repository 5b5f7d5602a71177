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

/** While it reads: offsets that Kafka no longer has. */
class ReadPositionsTest {

    private static final String OUT_OF_RANGE = "out of range";
    private static final TopicPartition FIRST = ReadingComponent.FIRST;
    private static final TopicPartition SECOND = ReadingComponent.SECOND;

    private final ReadingComponent component = new ReadingComponent();
    private final ScriptedConsumer consumer = component.consumer;
    private final FakeTopics topics = component.topics;
    private final ReadingComponent.Component kept = component.kept;
    private final LogLines log = component.log;

    @AfterEach
    void closeLog() {
        component.close();
    }

    @Test
    void recordsDeletedUnreadArePassedOverAndWhatIsKeptStays() {
        ReadPositions positions = component.reading("earliest");
        consumer.has(FIRST, 70, 100);

        outOfRange(positions, 50);

        assertThat(consumer.position(FIRST)).isEqualTo(70);
        assertThat(kept.forgotten).isEmpty();
        assertThat(log.lines())
                .containsExactly("WARN KafkaSource r1: records were deleted before they were read, by the topic's"
                        + " retention or by kafka-delete-records: goes on in t-0 at offset 70 instead of 50"
                        + " (kafka.consumer.auto.offset.reset = earliest). Set a longer retention.ms or retention.bytes for"
                        + " the topic");
        assertThat(topics.questions).hasSize(1);
    }

    @Test
    void withLatestAlsoWhatIsThereIsPassedOverThenAndCounted() {
        ReadPositions positions = component.reading("latest");
        consumer.has(FIRST, 70, 100);

        outOfRange(positions, 50);

        assertThat(consumer.position(FIRST)).isEqualTo(100);
        assertThat(log.lines())
                .anySatisfy(line -> assertThat(line)
                        .contains("t-0 at offset 100 instead of 50 (30 records before it are passed over)"));
    }

    @Test
    void anOffsetBeyondTheEndGoesBackAndThePastIsForgotten() {
        ReadPositions positions = component.reading("earliest");
        consumer.has(FIRST, 3, 20);

        outOfRange(positions, 50);

        assertThat(consumer.position(FIRST)).isEqualTo(3);
        assertThat(kept.forgotten).containsExactly(FIRST);
        assertThat(log.lines())
                .containsExactly(
                        "WARN KafkaSource r1: the partition ends before the offset that was to be read, as after"
                                + " lost records, a topic made anew or a wrong reset of the group: goes on in t-0 at offset 3 instead"
                                + " of 50 (kafka.consumer.auto.offset.reset = earliest). Set kafka.consumer.auto.offset.reset ="
                                + " earliest to read all that is there in such a case");
    }

    @Test
    void withLatestAnOffsetBeyondTheEndGoesToTheEndButNotPastWhatIsKept() {
        ReadPositions positions = component.reading("latest");
        consumer.has(FIRST, 3, 20);
        kept.undone.put(FIRST, 15L);

        outOfRange(positions, 50);

        assertThat(consumer.position(FIRST)).isEqualTo(15);
        assertThat(log.lines())
                .anySatisfy(line -> assertThat(line)
                        .contains("t-0 at offset 15 instead of 50 (12 records before it are passed over)"));
    }

    @Test
    void whatIsKeptDoesNotLeadBeforeTheBeginning() {
        ReadPositions positions = component.reading("latest");
        consumer.has(FIRST, 3, 20);
        kept.undone.put(FIRST, 1L);

        outOfRange(positions, 50);

        assertThat(consumer.position(FIRST)).isEqualTo(3);
    }

    @Test
    void anOffsetThatIsThereAfterAllIsAskedForAgain() {
        ReadPositions positions = component.reading("latest");

        outOfRange(positions, 50);
        outOfRange(positions, 100);

        assertThat(consumer.position(FIRST)).isEqualTo(50);
        assertThat(kept.forgotten).isEmpty();
        assertThat(log.lines()).isEmpty();
        assertThat(topics.questions).hasSize(1);
    }

    @Test
    void aPartitionThatHasGoneMeanwhileIsLeftAlone() {
        ReadPositions positions = component.reading("earliest");
        consumer.rebalance(List.of(SECOND));

        outOfRange(positions, 500);

        assertThat(log.lines()).isEmpty();
    }

    @Test
    void afterATruncationItGoesOnWhereTheLogsPart() {
        ReadPositions positions = component.reading("latest");

        truncated(positions, 50, Optional.of(40L));

        assertThat(consumer.position(FIRST)).isEqualTo(40);
        assertThat(kept.forgotten).containsExactly(FIRST);
        assertThat(log.lines())
                .containsExactly(
                        "WARN KafkaSource r1: Kafka has lost records that were read before, as after an unclean"
                                + " leader election: goes on in t-0 at offset 40 instead of 50, where the new records begin");
    }

    @Test
    void afterATruncationWhatIsKeptFromBeforeIsReadAgain() {
        ReadPositions positions = component.reading("latest");
        kept.undone.put(FIRST, 30L);

        truncated(positions, 50, Optional.of(40L));

        assertThat(consumer.position(FIRST)).isEqualTo(30);
    }

    @Test
    void afterATruncationAtAnUnknownPlaceTheAgentFileDecides() {
        ReadPositions positions = component.reading("earliest");

        truncated(positions, 50, Optional.empty());

        assertThat(consumer.position(FIRST)).isZero();
        assertThat(kept.forgotten).containsExactly(FIRST);
    }

    @Test
    void withNoneAPersonDecidesWhatBecomesOfAnOffsetThatIsGone() {
        ReadPositions positions = component.reading("none");
        consumer.has(FIRST, 70, 100);

        outOfRange(positions, 50);

        assertThatThrownBy(() -> component.offsets(positions))
                .isInstanceOf(NoStartingOffsetException.class)
                .hasMessage(
                        "it is not known where to read: t-0 no longer has offset 50, or has other records"
                                + " there. With kafka.consumer.auto.offset.reset = none a person decides: stop all members of group"
                                + " g, reset its offsets with kafka-consumer-groups.sh, start again; or set earliest or latest");
        assertThat(consumer.paused()).containsExactlyInAnyOrder(FIRST, SECOND);
        assertThat(positions.undecided()).containsExactly(FIRST);
        assertThat(consumer.position(FIRST)).isEqualTo(50);
    }

    @Test
    void aPartitionWithoutAnyPositionIsPlaced() {
        ReadPositions positions = component.reading("earliest");
        consumer.setPollException(new NoOffsetForPartitionException(Set.of(FIRST)));

        assertThat(component.offsets(positions)).isEmpty();

        assertThat(consumer.position(FIRST)).isEqualTo(50);
        assertThat(consumer.questions()).isEqualTo(2);
        assertThat(consumer.paused()).isEmpty();
    }

    private void outOfRange(ReadPositions positions, long asked) {
        consumer.setPollException(new OffsetOutOfRangeException(OUT_OF_RANGE, Map.of(FIRST, asked)));
        assertThat(component.offsets(positions)).isEmpty();
    }

    private void truncated(ReadPositions positions, long asked, Optional<Long> divergent) {
        consumer.setPollException(new LogTruncationException(
                "cut",
                Map.of(FIRST, asked),
                divergent
                        .map(offset -> Map.of(FIRST, new OffsetAndMetadata(offset)))
                        .orElse(Map.of())));
        assertThat(component.offsets(positions)).isEmpty();
    }
}
