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

/** A topic that is deleted and recreated while the consumer reads. */
class TopicRecreatedTest {

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
    void returnsRecordsWithoutALookup() {
        ReadPositions positions = component.reading("earliest");
        consumer.fetched(FIRST, 50);

        assertThat(component.poll(positions)).containsExactly(50L);
        consumer.fetched(FIRST, 51);
        assertThat(component.poll(positions)).containsExactly(51L);

        assertThat(topics.lookups).containsExactly(Set.of("t", "u"));
        assertThat(pending.forgotten).isEmpty();
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void anOffsetBeyondTheEndShowsARecreatedTopicWhichIsReadFromItsBeginningEvenWithLatest() {
        ReadPositions positions = component.reading("latest");
        topics.create("t", 3);
        consumer.has(FIRST, 0, 20);

        outOfRange(positions, 50);

        assertThat(consumer.position(FIRST)).isZero();
        assertThat(pending.forgotten).containsExactly(FIRST);
        assertThat(ReadingComponent.metadata(positions)).isEqualTo("flafka/1 topic=" + topics.id("t"));
        assertThat(log.lines())
                .containsExactly("WARN KafkaSource r1: a topic was deleted and recreated; reading continues at the"
                        + " beginning of the new topic: t-0 at offset 0 instead of 50. Records of the old topic are no longer"
                        + " delivered or committed");
    }

    @Test
    void earlyMetadataShowsARecreatedTopicAndNoRecordOfItsMiddleIsReturned() {
        ReadPositions positions = component.reading("earliest");
        topics.create("t", 3);
        consumer.updates.updated();
        consumer.updates.updated();
        consumer.fetched(FIRST, 50);
        consumer.fetched(SECOND, 50);

        assertThat(component.poll(positions)).isEmpty();

        assertThat(consumer.position(FIRST)).isZero();
        assertThat(consumer.position(SECOND)).isEqualTo(50);
        assertThat(pending.forgotten).containsExactly(FIRST);
        consumer.fetched(FIRST, 0);
        assertThat(component.poll(positions)).containsExactly(0L);
        assertThat(topics.lookups).hasSize(2);
    }

    /** During the rebalance no member has the partition, so new metadata give no hint about it. The committed offset is that of the last member. */
    @Test
    void aTopicRecreatedDuringARebalanceIsReadFromItsBeginning() {
        ReadPositions positions = component.reading("earliest");
        consumer.hasCommitted(FIRST, positions.withMetadata(FIRST, new OffsetAndMetadata(1)));
        consumer.rebalance(List.of());
        topics.create("t", 3);
        consumer.updates.updated();
        consumer.updates.updated();
        assertThat(component.poll(positions)).isEmpty();

        consumer.rebalance(List.of(FIRST, SECOND));

        assertThat(consumer.position(FIRST)).isZero();
        assertThat(ReadingComponent.metadata(positions)).isEqualTo("flafka/1 topic=" + topics.id("t"));
    }

    @Test
    void metadataOnScheduleCauseNoLookup() {
        ReadPositions positions = component.reading("earliest");
        consumer.updates.updated();
        consumer.fetched(FIRST, 50);

        assertThat(component.poll(positions)).containsExactly(50L);

        assertThat(topics.lookups).hasSize(1);
    }

    @Test
    void metadataRenewedWhileAPartitionWasPausedCauseALookupWhenItIsReadAgain() {
        ReadPositions positions = component.reading("earliest");
        consumer.pause(List.of(SECOND));
        consumer.updates.updated();
        consumer.fetched(FIRST, 50);
        assertThat(component.poll(positions)).containsExactly(50L);
        assertThat(topics.lookups).hasSize(1);

        consumer.resume(List.of(SECOND));
        consumer.fetched(SECOND, 50);
        assertThat(component.poll(positions)).containsExactly(50L);
        consumer.fetched(SECOND, 51);
        assertThat(component.poll(positions)).containsExactly(51L);

        assertThat(topics.lookups).hasSize(2).last().isEqualTo(Set.of("u"));
    }

    @Test
    void continuesWithoutIdsIfTheBrokersDoNotAnswerAndDoesNotAskAgain() {
        topics.goDown();
        ReadPositions positions = component.reading("earliest");
        consumer.updates.updated();
        consumer.updates.updated();
        consumer.fetched(FIRST, 50);

        assertThat(component.poll(positions)).containsExactly(50L);
        assertThat(ReadingComponent.metadata(positions)).isEmpty();

        topics.comeBack();
        consumer.fetched(FIRST, 51);
        assertThat(component.poll(positions)).containsExactly(51L);
        assertThat(topics.lookups).isEmpty();
    }

    @Test
    void looksUpAnUnknownIdAtTheNextHint() {
        topics.goDown();
        ReadPositions positions = component.reading("earliest");
        topics.comeBack();
        consumer.updates.updated();
        consumer.updates.updated();
        consumer.fetched(FIRST, 50);

        assertThat(component.poll(positions)).containsExactly(50L);

        assertThat(ReadingComponent.metadata(positions)).isEqualTo("flafka/1 topic=" + topics.id("t"));
        assertThat(topics.openClients()).isZero();
    }

    @Test
    void findsTheRecreatedTopicAgainIfTheLookupOfItsBeginningFailed() {
        ReadPositions positions = component.reading("earliest");
        topics.create("t", 3);
        consumer.updates.updated();
        consumer.updates.updated();
        consumer.fetched(FIRST, 50);
        consumer.setOffsetsException(new KafkaException("no leader"));

        assertThatThrownBy(() -> component.poll(positions)).hasMessage("no leader");
        assertThat(pending.forgotten).isEmpty();
        consumer.setOffsetsException(null);
        consumer.fetched(FIRST, 50);

        assertThat(component.poll(positions)).isEmpty();
        assertThat(consumer.position(FIRST)).isZero();
        assertThat(pending.forgotten).containsExactly(FIRST);
    }

    @Test
    void withNoneARecreatedTopicIsRejectedAndItsPendingRecordsAreForgotten() {
        ReadPositions positions = component.reading("none");
        topics.create("t", 3);
        consumer.updates.updated();
        consumer.updates.updated();
        consumer.fetched(FIRST, 50);

        assertThat(component.poll(positions)).isEmpty();

        assertThat(pending.forgotten).containsExactly(FIRST);
        assertThatThrownBy(() -> component.poll(positions))
                .hasMessageContaining("t-0 belongs to a topic that was deleted and recreated")
                .satisfies(thrown -> assertThat(((NoStartingOffsetException) thrown).partitions())
                        .containsExactly(FIRST));
    }

    @Test
    void putsTheEpochIntoTheMetadataAndNotIntoKafkasField() {
        ReadPositions positions = component.reading("earliest");

        OffsetAndMetadata offset = positions.withMetadata(FIRST, new OffsetAndMetadata(7, Optional.of(4), ""));

        assertThat(offset)
                .isEqualTo(new OffsetAndMetadata(7, Optional.empty(), "flafka/1 topic=" + topics.id("t") + " epoch=4"));
    }

    @Test
    void theCommitterAddsMetadataAndAnswersWithTheGivenOffsets() {
        OffsetCommitter committer = new OffsetCommitter(consumer, component.reading("earliest"));
        Map<TopicPartition, OffsetAndMetadata> given = Map.of(FIRST, new OffsetAndMetadata(60, Optional.of(1), ""));
        List<Map<TopicPartition, OffsetAndMetadata>> answered = new ArrayList<>();

        committer.commitAsync(given, (offsets, failure) -> answered.add(offsets));

        assertThat(answered).containsExactly(given);
        assertThat(consumer.committed(Set.of(FIRST)))
                .isEqualTo(Map.of(FIRST, new OffsetAndMetadata(60, "flafka/1 topic=" + topics.id("t") + " epoch=1")));
        committer.commitSync(Map.of(FIRST, new OffsetAndMetadata(61, Optional.of(2), "")), Duration.ofSeconds(1));
        assertThat(consumer.committed(Set.of(FIRST)))
                .isEqualTo(Map.of(FIRST, new OffsetAndMetadata(61, "flafka/1 topic=" + topics.id("t") + " epoch=2")));
    }

    private void outOfRange(ReadPositions positions, long position) {
        consumer.setPollException(new OffsetOutOfRangeException(OUT_OF_RANGE, Map.of(FIRST, position)));
        assertThat(component.poll(positions)).isEmpty();
    }
}
