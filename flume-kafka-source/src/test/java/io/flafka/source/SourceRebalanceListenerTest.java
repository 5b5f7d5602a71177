// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.client.ClientSettings;
import io.flafka.consume.offsets.OffsetCommitter;
import io.flafka.consume.offsets.ReadPositions;
import io.flafka.consume.offsets.StartingOffsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.internals.AutoOffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Partitions that go and come: what is committed for them, what is dropped, and where they go on. */
class SourceRebalanceListenerTest {

    private static final TopicPartition FIRST = new TopicPartition("t", 0);
    private static final TopicPartition SECOND = new TopicPartition("t", 1);
    private static final List<TopicPartition> BOTH = List.of(FIRST, SECOND);

    /** Refuses commits as it is told. */
    private static final class Group extends MockConsumer<byte[], byte[]> {

        private boolean refusesCommits;

        Group() {
            super(AutoOffsetResetStrategy.EARLIEST.name());
        }

        @Override
        public synchronized void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
            if (refusesCommits) {
                throw new TimeoutException("no coordinator");
            }
            super.commitSync(offsets, timeout);
        }
    }

    private final Group group = new Group();
    private final SourceMetrics metrics = new SourceMetrics("r1");
    private final ReadPositions positions = new ReadPositions(
            "KafkaSource r1",
            new ClientSettings(Map.of("auto.offset.reset", "earliest")),
            group,
            StartingOffsets.KAFKA_ONLY);
    private final SourceOffsets offsets =
            new SourceOffsets("r1", group, new OffsetCommitter(group, positions), metrics);
    private final BatchCollector collector =
            new BatchCollector(group, new BatchBounds(10, 1, Duration.ZERO), positions, offsets);
    private final SourceRebalanceListener handover = new SourceRebalanceListener(
            group, offsets, collector, positions, new ExpulsionReport("r1", Duration.ofMinutes(5), 10, metrics));

    @BeforeEach
    void assign() {
        group.assign(BOTH);
        group.updateBeginningOffsets(Map.of(FIRST, 0L, SECOND, 0L));
        group.updateEndOffsets(Map.of(FIRST, 0L, SECOND, 0L));
        handover.onPartitionsAssigned(BOTH);
    }

    @Test
    void whatWasHandedOverIsCommittedBeforeItsPartitionGoes() {
        offsets.handedOver(List.of(record(FIRST, 4), record(SECOND, 7)));

        handover.onPartitionsRevoked(List.of(FIRST));

        assertThat(committed()).isEqualTo(Map.of(FIRST, new OffsetAndMetadata(5)));
        assertThat(metrics.getExpelledCount()).isZero();
    }

    @Test
    void nothingIsCommittedForPartitionsThatAreLost() {
        offsets.handedOver(List.of(record(FIRST, 4), record(SECOND, 7)));

        handover.onPartitionsLost(List.of(FIRST));
        offsets.end();

        assertThat(committed()).isEqualTo(Map.of(SECOND, new OffsetAndMetadata(8)));
        assertThat(metrics.getExpelledCount()).isEqualTo(1);
    }

    @Test
    void whatIsPendingOfLostPartitionsIsDropped() {
        group.addRecord(record(FIRST, 0));
        group.addRecord(record(SECOND, 0));
        collector.collect();

        handover.onPartitionsLost(List.of(FIRST));

        assertThat(collector.collect()).extracting(ConsumerRecord::partition).containsExactly(SECOND.partition());
    }

    @Test
    void aLostPartitionThatComesBackAsItWentGoesOnBehindWhatWasHandedOverAndThatIsCommittedAtOnce() {
        offsets.handedOver(List.of(record(FIRST, 4)));
        handover.onPartitionsLost(BOTH);
        group.seek(FIRST, 0);

        handover.onPartitionsAssigned(BOTH);

        assertThat(group.position(FIRST)).isEqualTo(5);
        assertThat(group.position(SECOND)).isZero();
        assertThat(committed()).isEqualTo(Map.of(FIRST, new OffsetAndMetadata(5)));
    }

    @Test
    void whatIsDroppedForGoodIsReadFromWhereTheGroupIs() {
        offsets.handedOver(List.of(record(FIRST, 4)));
        offsets.drop(BOTH);
        handover.onPartitionsLost(BOTH);
        group.seek(FIRST, 0);

        handover.onPartitionsAssigned(BOTH);

        assertThat(group.position(FIRST)).isZero();
        assertThat(committed()).isEmpty();
    }

    @Test
    void whatWasLostAndThenDroppedIsReadFromWhereTheGroupIs() {
        offsets.handedOver(List.of(record(FIRST, 4)));
        handover.onPartitionsLost(BOTH);
        offsets.drop(BOTH);
        group.seek(FIRST, 0);

        handover.onPartitionsAssigned(BOTH);

        assertThat(group.position(FIRST)).isZero();
        assertThat(committed()).isEmpty();
    }

    @Test
    void aLostPartitionThatTheSourceItselfHasCommittedSinceItCameGoesOnBehindWhatWasHandedOver() {
        offsets.handedOver(List.of(record(FIRST, 4)));
        offsets.tell();
        offsets.handedOver(List.of(record(FIRST, 5)));
        handover.onPartitionsLost(BOTH);
        group.seek(FIRST, 5);

        handover.onPartitionsAssigned(BOTH);

        assertThat(group.position(FIRST)).isEqualTo(6);
        assertThat(committed()).isEqualTo(Map.of(FIRST, new OffsetAndMetadata(6)));
    }

    @Test
    void whatALostPartitionThatComesBackOwesIsTriedAgainIfKafkaDoesNotTakeItAtOnce() {
        offsets.handedOver(List.of(record(FIRST, 4)));
        handover.onPartitionsLost(BOTH);
        group.refusesCommits = true;

        handover.onPartitionsAssigned(BOTH);
        assertThat(committed()).isEmpty();
        group.refusesCommits = false;
        offsets.tell();

        assertThat(committed()).isEqualTo(Map.of(FIRST, new OffsetAndMetadata(5)));
    }

    @Test
    void aRevokedPartitionWhoseOffsetKafkaDidNotTakeGoesOnBehindWhatWasHandedOverIfItComesBack() {
        offsets.handedOver(List.of(record(FIRST, 4)));
        group.refusesCommits = true;
        handover.onPartitionsRevoked(BOTH);
        group.refusesCommits = false;
        group.seek(FIRST, 0);

        handover.onPartitionsAssigned(BOTH);

        assertThat(group.position(FIRST)).isEqualTo(5);
        assertThat(committed()).isEqualTo(Map.of(FIRST, new OffsetAndMetadata(5)));
    }

    @Test
    void aLostPartitionThatSomebodyElseHasCommittedGoesOnThere() {
        offsets.handedOver(List.of(record(FIRST, 4)));
        handover.onPartitionsLost(BOTH);
        group.commitSync(Map.of(FIRST, new OffsetAndMetadata(2)));
        group.seek(FIRST, 2);

        handover.onPartitionsAssigned(BOTH);

        assertThat(group.position(FIRST)).isEqualTo(2);
        assertThat(committed()).isEqualTo(Map.of(FIRST, new OffsetAndMetadata(2)));
    }

    @Test
    void newPartitionsBringNothingWhileSomethingIsPending() {
        group.addRecord(record(FIRST, 0));
        collector.collect();
        collector.collect();
        group.resume(BOTH);

        handover.onPartitionsAssigned(List.of(SECOND));

        assertThat(group.paused()).containsExactly(SECOND);
    }

    @Test
    void newPartitionsAreReadAtOnceWhileNothingIsPending() {
        handover.onPartitionsAssigned(List.of(SECOND));

        assertThat(group.paused()).isEmpty();
    }

    private Map<TopicPartition, OffsetAndMetadata> committed() {
        return group.committed(Set.copyOf(BOTH));
    }

    private static ConsumerRecord<byte[], byte[]> record(TopicPartition partition, long offset) {
        return new ConsumerRecord<>(partition.topic(), partition.partition(), offset, new byte[0], new byte[0]);
    }
}
