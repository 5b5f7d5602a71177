// SPDX-License-Identifier: Apache-2.0
package io.flafka.consume.offsets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.testing.LogLines;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** While it reads: a topic that is no longer the same. */
class TopicRecreatedTest {

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
    void whatIsFetchedIsGivenOnAndNobodyIsAsked() {
        ReadPositions positions = component.reading("earliest");
        consumer.fetched(FIRST, 50);

        assertThat(component.offsets(positions)).containsExactly(50L);
        consumer.fetched(FIRST, 51);
        assertThat(component.offsets(positions)).containsExactly(51L);

        assertThat(topics.questions).containsExactly(Set.of("t", "u"));
        assertThat(kept.forgotten).isEmpty();
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void aTopicMadeAnewShowsByAnOffsetBeyondItsEndAndIsReadFromItsBeginningWhateverTheAgentFileSays() {
        ReadPositions positions = component.reading("latest");
        topics.make("t", 3);
        consumer.has(FIRST, 0, 20);

        outOfRange(positions, 50);

        assertThat(consumer.position(FIRST)).isZero();
        assertThat(kept.forgotten).containsExactly(FIRST);
        assertThat(ReadingComponent.note(positions)).isEqualTo("flafka/1 topic=" + topics.id("t"));
        assertThat(log.lines())
                .containsExactly("WARN KafkaSource r1: the topic was deleted and made anew: goes on in t-0 at offset 0"
                        + " instead of 50, where the new topic begins. Nothing of the old topic is delivered or committed"
                        + " from now on");
    }

    @Test
    void aTopicMadeAnewWithMoreRecordsShowsByEarlyMetadataAndNothingOfItsMiddleIsGivenOn() {
        ReadPositions positions = component.reading("earliest");
        topics.make("t", 3);
        consumer.updates.updated();
        consumer.updates.updated();
        consumer.fetched(FIRST, 50);
        consumer.fetched(SECOND, 50);

        assertThat(component.offsets(positions)).isEmpty();

        assertThat(consumer.position(FIRST)).isZero();
        assertThat(consumer.position(SECOND)).isEqualTo(50);
        assertThat(kept.forgotten).containsExactly(FIRST);
        consumer.fetched(FIRST, 0);
        assertThat(component.offsets(positions)).containsExactly(0L);
        assertThat(topics.questions).hasSize(2);
    }

    /** Between two generations of the group the partition is nobody's, so that the hints of that time are about nothing; the offset is what the last member left. */
    @Test
    void aTopicMadeAnewBetweenTwoGenerationsOfTheGroupIsReadFromItsBeginning() {
        ReadPositions positions = component.reading("earliest");
        consumer.hasCommitted(FIRST, positions.noted(FIRST, new OffsetAndMetadata(1)));
        consumer.rebalance(List.of());
        topics.make("t", 3);
        consumer.updates.updated();
        consumer.updates.updated();
        assertThat(component.offsets(positions)).isEmpty();

        consumer.rebalance(List.of(FIRST, SECOND));

        assertThat(consumer.position(FIRST)).isZero();
        assertThat(ReadingComponent.note(positions)).isEqualTo("flafka/1 topic=" + topics.id("t"));
    }

    @Test
    void metadataOnTimeAreNoReasonToAsk() {
        ReadPositions positions = component.reading("earliest");
        consumer.updates.updated();
        consumer.fetched(FIRST, 50);

        assertThat(component.offsets(positions)).containsExactly(50L);

        assertThat(topics.questions).hasSize(1);
    }

    @Test
    void metadataThatCameWhileAPartitionWasPausedAreAReasonOnceItIsReadAgain() {
        ReadPositions positions = component.reading("earliest");
        consumer.pause(List.of(SECOND));
        consumer.updates.updated();
        consumer.fetched(FIRST, 50);
        assertThat(component.offsets(positions)).containsExactly(50L);
        assertThat(topics.questions).hasSize(1);

        consumer.resume(List.of(SECOND));
        consumer.fetched(SECOND, 50);
        assertThat(component.offsets(positions)).containsExactly(50L);
        consumer.fetched(SECOND, 51);
        assertThat(component.offsets(positions)).containsExactly(51L);

        assertThat(topics.questions).hasSize(2).last().isEqualTo(Set.of("u"));
    }

    @Test
    void whereTheBrokersDoNotSayItGoesOnWithoutAndAsksNoMore() {
        topics.goDown();
        ReadPositions positions = component.reading("earliest");
        consumer.updates.updated();
        consumer.updates.updated();
        consumer.fetched(FIRST, 50);

        assertThat(component.offsets(positions)).containsExactly(50L);
        assertThat(ReadingComponent.note(positions)).isEmpty();

        topics.comeBack();
        consumer.fetched(FIRST, 51);
        assertThat(component.offsets(positions)).containsExactly(51L);
        assertThat(topics.questions).isEmpty();
    }

    @Test
    void anIdThatWasUnknownIsLearntAtTheNextHint() {
        topics.goDown();
        ReadPositions positions = component.reading("earliest");
        topics.comeBack();
        consumer.updates.updated();
        consumer.updates.updated();
        consumer.fetched(FIRST, 50);

        assertThat(component.offsets(positions)).containsExactly(50L);

        assertThat(ReadingComponent.note(positions)).isEqualTo("flafka/1 topic=" + topics.id("t"));
        assertThat(topics.open()).isZero();
    }

    @Test
    void aTopicMadeAnewIsNoticedAgainIfItsBeginningWasNotToBeHad() {
        ReadPositions positions = component.reading("earliest");
        topics.make("t", 3);
        consumer.updates.updated();
        consumer.updates.updated();
        consumer.fetched(FIRST, 50);
        consumer.setOffsetsException(new KafkaException("no leader"));

        assertThatThrownBy(() -> component.offsets(positions)).hasMessage("no leader");
        assertThat(kept.forgotten).isEmpty();
        consumer.setOffsetsException(null);
        consumer.fetched(FIRST, 50);

        assertThat(component.offsets(positions)).isEmpty();
        assertThat(consumer.position(FIRST)).isZero();
        assertThat(kept.forgotten).containsExactly(FIRST);
    }

    @Test
    void withNoneAPersonDecidesWhatBecomesOfATopicMadeAnewOfWhichNothingOldIsCommitted() {
        ReadPositions positions = component.reading("none");
        topics.make("t", 3);
        consumer.updates.updated();
        consumer.updates.updated();
        consumer.fetched(FIRST, 50);

        assertThat(component.offsets(positions)).isEmpty();

        assertThat(kept.forgotten).containsExactly(FIRST);
        assertThatThrownBy(() -> component.offsets(positions))
                .hasMessageContaining("t-0 is of a topic that was deleted and made anew")
                .satisfies(thrown -> assertThat(((NoStartingOffsetException) thrown).partitions())
                        .containsExactly(FIRST));
    }

    @Test
    void theLeadersEpochGoesIntoTheNoteAndNotWhereKafkasClientWouldWaitForIt() {
        ReadPositions positions = component.reading("earliest");

        OffsetAndMetadata noted = positions.noted(FIRST, new OffsetAndMetadata(7, Optional.of(4), ""));

        assertThat(noted)
                .isEqualTo(new OffsetAndMetadata(7, Optional.empty(), "flafka/1 topic=" + topics.id("t") + " epoch=4"));
    }

    @Test
    void theCommitterSendsNotesAndAnswersForWhatItWasGiven() {
        OffsetCommitter committer = new OffsetCommitter(consumer, component.reading("earliest"));
        Map<TopicPartition, OffsetAndMetadata> given = Map.of(FIRST, new OffsetAndMetadata(60, Optional.of(1), ""));
        List<Map<TopicPartition, OffsetAndMetadata>> answered = new ArrayList<>();

        committer.send(given, (offsets, failure) -> answered.add(offsets));

        assertThat(answered).containsExactly(given);
        assertThat(consumer.committed(Set.of(FIRST)))
                .isEqualTo(Map.of(FIRST, new OffsetAndMetadata(60, "flafka/1 topic=" + topics.id("t") + " epoch=1")));
        committer.commit(Map.of(FIRST, new OffsetAndMetadata(61, Optional.of(2), "")), Duration.ofSeconds(1));
        assertThat(consumer.committed(Set.of(FIRST)))
                .isEqualTo(Map.of(FIRST, new OffsetAndMetadata(61, "flafka/1 topic=" + topics.id("t") + " epoch=2")));
    }

    private void outOfRange(ReadPositions positions, long asked) {
        consumer.setPollException(new OffsetOutOfRangeException(OUT_OF_RANGE, Map.of(FIRST, asked)));
        assertThat(component.offsets(positions)).isEmpty();
    }
}
