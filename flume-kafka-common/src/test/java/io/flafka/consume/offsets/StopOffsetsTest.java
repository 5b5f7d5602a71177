// SPDX-License-Identifier: Apache-2.0
package io.flafka.consume.offsets;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.consume.ConsumerCompatibility;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** {@code kafka.stopAt}: what is read of a partition, and that it is not read again. */
class StopOffsetsTest {

    private static final TopicPartition FIRST = ReadingComponent.FIRST;
    private static final TopicPartition SECOND = ReadingComponent.SECOND;

    private final ReadingComponent component = new ReadingComponent();

    @AfterEach
    void close() {
        component.close();
    }

    private static ReadRange upTo(Map<TopicPartition, Long> offsets) {
        return new ReadRange(Optional.empty(), Optional.of(new PartitionPlace.Listed("/f", offsets)));
    }

    private void fetched(TopicPartition partition, long... offsets) {
        for (long offset : offsets) {
            component.consumer.fetched(partition, offset);
        }
    }

    @Test
    void recordsFromTheStopOnAreNotDelivered() {
        ReadPositions positions = component.beginning("earliest", upTo(Map.of(FIRST, 2L, SECOND, 50L)));
        fetched(FIRST, 0, 1, 2, 3);
        fetched(SECOND, 0);

        ConsumerRecords<byte[], byte[]> read = positions.poll(Duration.ZERO, component.pending);

        assertThat(read.records(FIRST)).extracting(record -> record.offset()).containsExactly(0L, 1L);
        assertThat(read.records(SECOND)).extracting(record -> record.offset()).containsExactly(0L);
        assertThat(ConsumerCompatibility.nextOffsets(read))
                .containsEntry(FIRST, new OffsetAndMetadata(2))
                .hasEntrySatisfying(SECOND, next -> assertThat(next.offset()).isEqualTo(1));
        assertThat(positions.retryUndecided()).containsExactly(FIRST);
        assertThat(component.poll(positions)).isEmpty();
        assertThat(component.consumer.paused()).containsExactly(FIRST);
    }

    @Test
    void theLogSaysWhereItStopsAndThatItHas() {
        ReadPositions positions = component.beginning("earliest", upTo(Map.of(FIRST, 2L, SECOND, 1L)));
        fetched(FIRST, 0, 1);
        component.poll(positions);
        component.poll(positions);
        assertThat(positions.retryUndecided()).containsExactly(FIRST);
        fetched(SECOND, 0);
        component.poll(positions);
        component.poll(positions);
        assertThat(positions.retryUndecided()).containsExactlyInAnyOrder(FIRST, SECOND);
        component.poll(positions);

        assertThat(component.log.lines())
                .containsExactly(
                        "INFO KafkaSource r1: group g has no committed offset yet; starts reading t-0 at offset 0, u-0 at offset 0"
                                + " (kafka.consumer.auto.offset.reset = earliest)",
                        "INFO KafkaSource r1: group g reads t-0 up to offset 2, u-0 up to offset 1 (kafka.stopAt = file:/f)",
                        "INFO KafkaSource r1: has read t-0 up to kafka.stopAt = file:/f",
                        "INFO KafkaSource r1: has read u-0 up to kafka.stopAt = file:/f",
                        "INFO KafkaSource r1: all partitions of this member have been read up to kafka.stopAt = file:/f; it reads"
                                + " nothing more. When ConsumerLag is 0 and the channels are empty, stop the agent or remove the component");
    }

    @Test
    void aPartitionEndsWithoutARecordBeyondTheStop() {
        ReadPositions positions = component.beginning("earliest", upTo(Map.of(FIRST, 3L, SECOND, 50L)));
        fetched(FIRST, 0);
        assertThat(component.poll(positions)).containsExactly(0L);
        assertThat(positions.retryUndecided()).isEmpty();

        // The end of a transaction, for example, has an offset and is no record.
        component.consumer.seek(FIRST, 3);
        component.poll(positions);

        assertThat(positions.retryUndecided()).containsExactly(FIRST);
    }

    /** A failure after a poll would lose its records. */
    @Test
    void aPositionThatIsNotKnownLosesNoRecord() {
        ReadPositions positions = component.beginning("earliest", upTo(Map.of(FIRST, 2L, SECOND, 50L)));
        component.consumer.failPositions(true);
        fetched(FIRST, 0, 1);

        assertThat(component.poll(positions)).containsExactly(0L, 1L);
        assertThat(component.poll(positions)).isEmpty();
        assertThat(positions.retryUndecided()).isEmpty();

        component.consumer.failPositions(false);
        component.poll(positions);
        assertThat(positions.retryUndecided()).containsExactly(FIRST);
    }

    @Test
    void aPartitionThatIsReadAllTheSameDeliversNothing() {
        ReadPositions positions = component.beginning("earliest", upTo(Map.of(FIRST, 1L, SECOND, 50L)));
        fetched(FIRST, 0, 1);
        component.poll(positions);
        component.consumer.resume(List.of(FIRST));
        fetched(FIRST, 2);

        assertThat(component.poll(positions)).isEmpty();
    }

    @Test
    void aPartitionThatTheFileLacksIsNotRead() {
        ReadPositions positions = component.beginning("earliest", upTo(Map.of(FIRST, 50L)));
        fetched(SECOND, 0, 1);

        assertThat(component.poll(positions)).isEmpty();

        assertThat(positions.retryUndecided()).containsExactly(SECOND);
        assertThat(component.log.lines())
                .contains(
                        "WARN KafkaSource r1: reads nothing from u-0, because the file of kafka.stopAt = file:/f does not list them;"
                                + " to read them, add a line topic,partition,offset for each");
    }

    @Test
    void aMomentIsTheFirstRecordThatIsNotOlderElseTheEndAtTheStart() {
        component.consumer.hasAtTime(FIRST, 1);
        ReadPositions positions = component.beginning(
                "earliest",
                new ReadRange(Optional.empty(), Optional.of(new PartitionPlace.AtTime(Instant.ofEpochMilli(5)))));
        fetched(FIRST, 0, 1);
        fetched(SECOND, 99, 100);
        component.consumer.seek(SECOND, 99);

        assertThat(component.poll(positions)).containsExactlyInAnyOrder(0L, 99L);

        assertThat(component.log.lines().get(1))
                .isEqualTo("INFO KafkaSource r1: group g reads t-0 up to offset 1, u-0 up to offset 100 (kafka.stopAt ="
                        + " timestamp:1970-01-01T00:00:00.005Z)");
    }

    @Test
    void aPartitionThatComesBackIsStillNotReadBeyondTheStop() {
        ReadPositions positions = component.beginning("earliest", upTo(Map.of(FIRST, 1L, SECOND, 1L)));
        fetched(FIRST, 0);
        component.poll(positions);
        component.consumer.hasCommitted(FIRST, new OffsetAndMetadata(1));

        component.consumer.rebalance(List.of());
        assertThat(positions.retryUndecided()).isEmpty();
        component.consumer.rebalance(List.of(FIRST));
        fetched(FIRST, 1);

        assertThat(component.poll(positions)).isEmpty();
        assertThat(positions.retryUndecided()).containsExactly(FIRST);
    }

    @Test
    void nothingIsReadBeforeTheStopIsKnown() {
        component.consumer.failLookUps(true);
        ReadPositions positions = component.beginning(
                "earliest",
                new ReadRange(Optional.empty(), Optional.of(new PartitionPlace.AtTime(Instant.ofEpochMilli(5)))));

        assertThat(component.consumer.paused()).containsExactlyInAnyOrder(FIRST, SECOND);
        assertThat(positions.retryUndecided()).containsExactlyInAnyOrder(FIRST, SECOND);
        assertThat(component.log.lines())
                .singleElement()
                .asString()
                .contains("cannot read t-0, u-0 yet, because the position of group g is not known");
    }

    /** The old stop means nothing in the new topic. */
    @Test
    void ofARecreatedTopicTheStopIsLookedUpAgainBeforeItIsRead() {
        component.consumer.hasAtTime(FIRST, 60);
        component.consumer.hasAtTime(SECOND, 60);
        ReadPositions positions = component.beginning(
                "earliest",
                new ReadRange(Optional.empty(), Optional.of(new PartitionPlace.AtTime(Instant.ofEpochMilli(5)))));
        component.topics.create("t", 7);
        component.consumer.updates.updated();
        component.consumer.updates.updated();
        component.consumer.hasAtTime(FIRST, 1);
        component.consumer.failLookUps(true);
        fetched(FIRST, 0, 1);
        assertThat(component.poll(positions)).isEmpty();
        assertThat(positions.retryUndecided()).containsExactly(FIRST);

        component.poll(positions);
        assertThat(component.log.lines())
                .anyMatch(line -> line.startsWith("WARN KafkaSource r1: cannot read t-0 yet, "));

        component.consumer.failLookUps(false);
        assertThat(component.poll(positions)).isEmpty();
        assertThat(positions.retryUndecided()).isEmpty();
        component.consumer.resume(List.of(FIRST));
        fetched(FIRST, 0, 1);

        assertThat(component.poll(positions)).containsExactly(0L);
        assertThat(positions.retryUndecided()).containsExactly(FIRST);
    }
}
