// SPDX-License-Identifier: Apache-2.0
package io.flafka.consume.offsets;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Partitions that are read again because nobody knows whether a transaction has committed their offsets. */
class ReadAgainTest {

    private static final TopicPartition FIRST = ReadingComponent.FIRST;
    private static final TopicPartition SECOND = ReadingComponent.SECOND;
    private static final TopicPartition NOT_ASSIGNED = new TopicPartition("t", 9);

    private final ReadingComponent component = new ReadingComponent();
    private final ReadPositions positions = component.reading("earliest");

    @AfterEach
    void close() {
        component.close();
    }

    @Test
    void theyAreReadFromTheOffsetThatIsCommittedNow() {
        component.consumer.fetched(FIRST, 50);
        component.consumer.fetched(SECOND, 50);
        component.poll(positions);
        component.consumer.hasCommitted(FIRST, new OffsetAndMetadata(70));
        component.consumer.hasCommitted(SECOND, new OffsetAndMetadata(70));

        positions.readAgain(List.of(FIRST), component.pending);

        assertThat(component.consumer.position(FIRST)).isEqualTo(70);
        assertThat(component.consumer.position(SECOND)).isEqualTo(51);
        assertThat(component.consumer.paused()).isEmpty();
        assertThat(component.pending.forgotten).containsExactly(FIRST);
        assertThat(component.log.lines())
                .containsExactly(
                        "WARN KafkaSource r1: Kafka has not confirmed a transaction with the offsets of partitions [t-0] of"
                                + " group g; reading continues at their committed offsets as soon as Kafka knows them. No event is lost or"
                                + " written twice");
    }

    @Test
    void whatThisConsumerNoLongerHasIsOnlyForgotten() {
        positions.readAgain(List.of(NOT_ASSIGNED), component.pending);

        assertThat(component.pending.forgotten).containsExactly(NOT_ASSIGNED);
        assertThat(component.consumer.paused()).isEmpty();
    }

    @Test
    void ofNoPartitionNothingIsSaid() {
        positions.readAgain(List.of(), component.pending);

        assertThat(component.log.lines()).isEmpty();
    }
}
