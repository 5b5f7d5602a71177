// SPDX-License-Identifier: Apache-2.0
package io.flafka.consume.offsets;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.testing.LogLines;
import io.flafka.testing.MovedClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The positions of newly assigned partitions. */
class PositionInitializerTest {

    private static final TopicPartition FIRST = new TopicPartition("t", 0);
    private static final TopicPartition SECOND = new TopicPartition("t", 1);

    private final ReadingComponent component = new ReadingComponent();
    private final ScriptedConsumer consumer = component.consumer;
    private final FakeTopics topics = component.topics;
    private final LogLines log = component.log;
    private final MovedClock clock = new MovedClock();

    @BeforeEach
    void createPartitions() {
        consumer.has(FIRST, 0, 0);
        consumer.has(SECOND, 0, 0);
    }

    @AfterEach
    void closeLog() {
        component.close();
    }

    @Test
    void startsAtTheCommittedOffset() {
        ReadPositions positions = reading("latest");
        commits(FIRST, 7, "another program's text");

        assign(FIRST);

        assertThat(consumer.position(FIRST)).isEqualTo(7);
        assertThat(consumer.paused()).isEmpty();
        assertThat(positions.retryUndecided()).isEmpty();
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void seeksWithTheEpochIfTheOffsetBelongsToThisTopic() {
        reading("latest");
        commits(FIRST, 7, "flafka/1 topic=" + topics.id("t") + " epoch=3");

        assign(FIRST);

        assertThat(consumer.seeksWithEpoch).containsEntry(FIRST, new OffsetAndMetadata(7, Optional.of(3), ""));
    }

    @Test
    void seeksWithoutTheEpochIfTheTopicIdIsUnknown() {
        topics.goDown();
        ReadPositions positions = reading("latest");
        commits(FIRST, 7, "flafka/1 topic=abc epoch=3");

        assign(FIRST);

        assertThat(consumer.position(FIRST)).isEqualTo(7);
        assertThat(consumer.seeksWithEpoch)
                .containsEntry(FIRST, new OffsetAndMetadata(7, "flafka/1 topic=abc epoch=3"));
        assertThat(ReadingComponent.metadata(positions)).isEqualTo("flafka/1 topic=abc");
    }

    @Test
    void startsAtTheBeginningIfTheOffsetBelongsToTheOldTopic() {
        ReadPositions positions = reading("latest");
        commits(FIRST, 7, "flafka/1 topic=abc epoch=3");
        consumer.has(FIRST, 2, 100);

        assign(FIRST);

        assertThat(consumer.position(FIRST)).isEqualTo(2);
        assertThat(ReadingComponent.metadata(positions)).isEqualTo("flafka/1 topic=" + topics.id("t"));
        assertThat(log.lines())
                .containsExactly("WARN KafkaSource r1: a topic was deleted and recreated; reading continues at the"
                        + " beginning of the new topic: t-0 at offset 2 instead of 7. Records of the old topic are no longer"
                        + " delivered or committed");
    }

    @Test
    void aRecreatedTopicIsReadFromItsBeginningEvenWithoutACommittedOffset() {
        reading("latest");
        assign(FIRST);
        assign();
        topics.create("t", 2);
        consumer.has(FIRST, 0, 40);
        consumer.forgetCommitted(FIRST);

        assign(FIRST);

        assertThat(consumer.position(FIRST)).isZero();
        assertThat(log.lines()).last().asString().startsWith("WARN KafkaSource r1: a topic was deleted and recreated");
    }

    @Test
    void aNewGroupThatSkipsNothingIsLoggedAsInfo() {
        reading("earliest");
        consumer.has(FIRST, 5, 100);

        assign(FIRST);

        assertThat(consumer.position(FIRST)).isEqualTo(5);
        assertThat(consumer.committed(Set.of(FIRST))).isEmpty();
        assertThat(log.lines())
                .containsExactly(
                        "INFO KafkaSource r1: group g has no committed offset yet; starts reading t-0 at offset 5"
                                + " (kafka.consumer.auto.offset.reset = earliest)");
    }

    @Test
    void skippedRecordsAreLoggedAsAWarningAndThePositionIsCommitted() {
        reading("latest");
        consumer.has(FIRST, 5, 100);

        assign(FIRST);

        assertThat(consumer.position(FIRST)).isEqualTo(100);
        assertThat(log.lines())
                .containsExactly(
                        "WARN KafkaSource r1: group g has no committed offset; starts reading t-0 at offset 100"
                                + " (skips up to 95 records before it), because kafka.consumer.auto.offset.reset = latest. Skipped"
                                + " records are not delivered. Set kafka.consumer.auto.offset.reset = earliest to read every record"
                                + " of a partition without a committed offset");
        assertThat(consumer.committed(Set.of(FIRST)))
                .isEqualTo(Map.of(FIRST, new OffsetAndMetadata(100, "flafka/1 topic=" + topics.id("t"))));
    }

    @Test
    void latestInAnEmptyPartitionSkipsNothing() {
        reading("latest");

        assign(FIRST);

        assertThat(log.lines()).hasSize(1).first().asString().startsWith("INFO");
    }

    @Test
    void byDurationStartsAtTheFirstRecordThatIsNotOlderOrAtTheEnd() {
        reading("by_duration:PT1H");
        clock.move(Duration.ofHours(3));
        consumer.has(FIRST, 0, 100);
        consumer.has(SECOND, 0, 100);
        consumer.hasAtTime(FIRST, 60);

        assign(FIRST, SECOND);

        assertThat(consumer.position(FIRST)).isEqualTo(60);
        assertThat(consumer.position(SECOND)).isEqualTo(100);
        assertThat(consumer.lookupTimes)
                .containsEntry(FIRST, Duration.ofHours(2).toMillis());
    }

    @Test
    void looksUpTheTopicIdAgainAfterARevocation() {
        reading("earliest");
        commits(FIRST, 7, "flafka/1 topic=" + topics.id("t"));

        assign(FIRST);
        assign();
        assertThat(topics.lookups).hasSize(1);
        assign(FIRST);

        assertThat(topics.lookups).hasSize(2);
        assertThat(topics.openClients()).isZero();
    }

    @Test
    void startsAtTheCommittedOffsetIfTheBrokersHaveNoTopicIds() {
        topics.withoutIds("t");
        ReadPositions positions = reading("earliest");
        commits(FIRST, 7, "flafka/1 topic=abc");

        assign(FIRST);

        assertThat(consumer.position(FIRST)).isEqualTo(7);
        assertThat(ReadingComponent.metadata(positions)).isEqualTo("flafka/1 topic=abc");
    }

    @Test
    void manyPartitionsGiveOneLineThatNamesTheMostSkippedFirst() {
        reading("latest");
        TopicPartition[] many = new TopicPartition[25];
        for (int i = 0; i < many.length; i++) {
            many[i] = new TopicPartition("t", i);
            consumer.has(many[i], 0, i == 9 ? 3 : 0);
        }

        assign(many);

        assertThat(log.lines())
                .hasSize(1)
                .first()
                .asString()
                .contains("starts reading t-9 at offset 3 (skips up to 3 records before it), t-0 at offset 0, t-1 at")
                .contains(" and 5 more, because");
    }

    private ReadPositions reading(String reset) {
        return component.subscribe(reset, StartingOffsets.KAFKA_ONLY, clock, System::nanoTime);
    }

    private void assign(TopicPartition... partitions) {
        consumer.rebalance(List.of(partitions));
    }

    private void commits(TopicPartition partition, long offset, String text) {
        consumer.hasCommitted(partition, new OffsetAndMetadata(offset, text));
    }
}
