// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.client.ClientSettings;
import io.flafka.client.KafkaClients;
import io.flafka.consume.offsets.OffsetCommitter;
import io.flafka.consume.offsets.ReadPositions;
import io.flafka.consume.offsets.ReadRange;
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

/** Tests rebalances: what is committed and dropped for partitions that go, and where partitions that come back resume. */
class SourceRebalanceListenerTest {

    private static final TopicPartition FIRST = new TopicPartition("t", 0);
    private static final TopicPartition SECOND = new TopicPartition("t", 1);
    private static final List<TopicPartition> BOTH = List.of(FIRST, SECOND);

    /** Rejects commits on request. */
    private static final class Group extends MockConsumer<byte[], byte[]> {

        private boolean rejectsCommits;

        Group() {
            super(AutoOffsetResetStrategy.EARLIEST.name());
        }

        @Override
        public synchronized void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
            if (rejectsCommits) {
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
            StartingOffsets.KAFKA_ONLY,
            ReadRange.WHOLE,
            KafkaClients.REAL::admin);
    private final SourceOffsets offsets =
            new SourceOffsets("r1", group, new OffsetCommitter(group, positions), metrics);
    private final BatchCollector collector =
            new BatchCollector(group, new BatchBounds(10, 1, Duration.ZERO), positions, offsets);
    private final SourceRebalanceListener listener = new SourceRebalanceListener(
            group,
            offsets,
            collector,
            positions,
            new ExpulsionReport("r1", Duration.ofMinutes(5), 10, metrics),
            metrics.consumer());

    @BeforeEach
    void assign() {
        group.assign(BOTH);
        group.updateBeginningOffsets(Map.of(FIRST, 0L, SECOND, 0L));
        group.updateEndOffsets(Map.of(FIRST, 0L, SECOND, 0L));
        listener.onPartitionsAssigned(BOTH);
    }

    @Test
    void commitsDeliveredOffsetsBeforeARevocation() {
        offsets.markDelivered(List.of(record(FIRST, 4), record(SECOND, 7)));

        listener.onPartitionsRevoked(List.of(FIRST));

        assertThat(committed()).isEqualTo(Map.of(FIRST, new OffsetAndMetadata(5)));
        assertThat(metrics.group().number("ExpelledCount")).isZero();
    }

    @Test
    void commitsNothingForLostPartitions() {
        offsets.markDelivered(List.of(record(FIRST, 4), record(SECOND, 7)));

        listener.onPartitionsLost(List.of(FIRST));
        offsets.commitBeforeClose();

        assertThat(committed()).isEqualTo(Map.of(SECOND, new OffsetAndMetadata(8)));
        assertThat(metrics.group().number("ExpelledCount")).isEqualTo(1);
    }

    @Test
    void dropsPendingRecordsOfLostPartitions() {
        group.addRecord(record(FIRST, 0));
        group.addRecord(record(SECOND, 0));
        collector.collect();

        listener.onPartitionsLost(List.of(FIRST));

        assertThat(collector.collect()).extracting(ConsumerRecord::partition).containsExactly(SECOND.partition());
    }

    @Test
    void aLostPartitionThatComesBackResumesAfterItsDeliveredRecordsAndCommitsAtOnce() {
        offsets.markDelivered(List.of(record(FIRST, 4)));
        listener.onPartitionsLost(BOTH);
        group.seek(FIRST, 0);

        listener.onPartitionsAssigned(BOTH);

        assertThat(group.position(FIRST)).isEqualTo(5);
        assertThat(group.position(SECOND)).isZero();
        assertThat(committed()).isEqualTo(Map.of(FIRST, new OffsetAndMetadata(5)));
    }

    @Test
    void aForgottenPartitionThatIsLostResumesAtTheGroupsOffset() {
        offsets.markDelivered(List.of(record(FIRST, 4)));
        offsets.forget(BOTH);
        listener.onPartitionsLost(BOTH);
        group.seek(FIRST, 0);

        listener.onPartitionsAssigned(BOTH);

        assertThat(group.position(FIRST)).isZero();
        assertThat(committed()).isEmpty();
    }

    @Test
    void aLostPartitionThatIsForgottenResumesAtTheGroupsOffset() {
        offsets.markDelivered(List.of(record(FIRST, 4)));
        listener.onPartitionsLost(BOTH);
        offsets.forget(BOTH);
        group.seek(FIRST, 0);

        listener.onPartitionsAssigned(BOTH);

        assertThat(group.position(FIRST)).isZero();
        assertThat(committed()).isEmpty();
    }

    @Test
    void aLostPartitionResumesAfterItsDeliveredRecordsIfTheGroupsOffsetIsTheSourcesOwn() {
        offsets.markDelivered(List.of(record(FIRST, 4)));
        offsets.commitDelivered();
        offsets.markDelivered(List.of(record(FIRST, 5)));
        listener.onPartitionsLost(BOTH);
        group.seek(FIRST, 5);

        listener.onPartitionsAssigned(BOTH);

        assertThat(group.position(FIRST)).isEqualTo(6);
        assertThat(committed()).isEqualTo(Map.of(FIRST, new OffsetAndMetadata(6)));
    }

    @Test
    void theCommitForAReturnedPartitionIsRetriedIfItFails() {
        offsets.markDelivered(List.of(record(FIRST, 4)));
        listener.onPartitionsLost(BOTH);
        group.rejectsCommits = true;

        listener.onPartitionsAssigned(BOTH);
        assertThat(committed()).isEmpty();
        group.rejectsCommits = false;
        offsets.commitDelivered();

        assertThat(committed()).isEqualTo(Map.of(FIRST, new OffsetAndMetadata(5)));
    }

    @Test
    void aRevokedPartitionWhoseCommitFailedResumesAfterItsDeliveredRecords() {
        offsets.markDelivered(List.of(record(FIRST, 4)));
        group.rejectsCommits = true;
        listener.onPartitionsRevoked(BOTH);
        group.rejectsCommits = false;
        group.seek(FIRST, 0);

        listener.onPartitionsAssigned(BOTH);

        assertThat(group.position(FIRST)).isEqualTo(5);
        assertThat(committed()).isEqualTo(Map.of(FIRST, new OffsetAndMetadata(5)));
    }

    @Test
    void aLostPartitionResumesAtTheOffsetThatAnotherMemberCommitted() {
        offsets.markDelivered(List.of(record(FIRST, 4)));
        listener.onPartitionsLost(BOTH);
        group.commitSync(Map.of(FIRST, new OffsetAndMetadata(2)));
        group.seek(FIRST, 2);

        listener.onPartitionsAssigned(BOTH);

        assertThat(group.position(FIRST)).isEqualTo(2);
        assertThat(committed()).isEqualTo(Map.of(FIRST, new OffsetAndMetadata(2)));
    }

    @Test
    void newPartitionsArePausedWhileRecordsArePending() {
        group.addRecord(record(FIRST, 0));
        collector.collect();
        collector.collect();
        group.resume(BOTH);

        listener.onPartitionsAssigned(List.of(SECOND));

        assertThat(group.paused()).containsExactly(SECOND);
    }

    @Test
    void newPartitionsAreReadAtOnceIfNothingIsPending() {
        listener.onPartitionsAssigned(List.of(SECOND));

        assertThat(group.paused()).isEmpty();
    }

    private Map<TopicPartition, OffsetAndMetadata> committed() {
        return group.committed(Set.copyOf(BOTH));
    }

    private static ConsumerRecord<byte[], byte[]> record(TopicPartition partition, long offset) {
        return new ConsumerRecord<>(partition.topic(), partition.partition(), offset, new byte[0], new byte[0]);
    }
}
