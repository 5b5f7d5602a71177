// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.consume.offsets.OffsetCommitter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.internals.AutoOffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.junit.jupiter.api.Test;

/** Tests where partitions that come back resume: after the last delivered record, but only if the group's offset has not moved since. */
class RevokedProgressTest {

    private static final TopicPartition FIRST = new TopicPartition("t", 0);
    private static final TopicPartition SECOND = new TopicPartition("t", 1);
    private static final List<TopicPartition> BOTH = List.of(FIRST, SECOND);

    /** A consumer whose group's offsets the test sets. */
    private static final class Group extends MockConsumer<byte[], byte[]> {

        private RuntimeException failure = new TimeoutException("no coordinator");
        private boolean answers = true;
        private Map<TopicPartition, OffsetAndMetadata> committed = Map.of();

        Group() {
            super(AutoOffsetResetStrategy.EARLIEST.name());
        }

        @Override
        public synchronized Map<TopicPartition, OffsetAndMetadata> committed(
                Set<TopicPartition> partitions, Duration timeout) {
            if (!answers) {
                throw failure;
            }
            return committed;
        }
    }

    private final Group group = new Group();
    private final RevokedProgress progress = new RevokedProgress(group, new OffsetCommitter(group));

    @Test
    void resumesAfterTheDeliveredRecordsIfTheGroupsOffsetIsUnchanged() {
        group.committed = Map.of(FIRST, at(10), SECOND, at(5));
        progress.onAssigned(BOTH);

        progress.onRevokedOrLost(BOTH, Map.of(FIRST, at(20)));

        assertThat(progress.onAssigned(BOTH)).isEqualTo(Map.of(FIRST, at(20)));
    }

    @Test
    void resumesAfterTheDeliveredRecordsIfTheGroupStillHasNoOffset() {
        progress.onAssigned(BOTH);

        progress.onRevokedOrLost(BOTH, Map.of(FIRST, at(20)));

        assertThat(progress.onAssigned(BOTH)).isEqualTo(Map.of(FIRST, at(20)));
    }

    @Test
    void itsOwnLastCommitCountsAsUnchanged() {
        progress.onAssigned(BOTH);
        progress.onCommitted(Map.of(FIRST, at(10)));
        group.committed = Map.of(FIRST, at(10));

        progress.onRevokedOrLost(BOTH, Map.of(FIRST, at(20)));

        assertThat(progress.onAssigned(BOTH)).isEqualTo(Map.of(FIRST, at(20)));
    }

    @Test
    void followsTheCommitOfAnotherMember() {
        group.committed = Map.of(FIRST, at(10));
        progress.onAssigned(BOTH);
        progress.onRevokedOrLost(BOTH, Map.of(FIRST, at(20)));

        group.committed = Map.of(FIRST, at(15));

        assertThat(progress.onAssigned(BOTH)).isEmpty();
    }

    @Test
    void followsACommitThatDiffersOnlyInEpochOrMetadata() {
        group.committed = Map.of(FIRST, at(10), SECOND, at(10));
        progress.onAssigned(BOTH);
        progress.onRevokedOrLost(BOTH, Map.of(FIRST, at(20), SECOND, at(20)));

        group.committed = Map.of(
                FIRST, new OffsetAndMetadata(10, Optional.of(3), ""), SECOND, new OffsetAndMetadata(10, "by hand"));

        assertThat(progress.onAssigned(BOTH)).isEmpty();
    }

    @Test
    void resumesNothingIfTheGroupsOffsetWasDeleted() {
        group.committed = Map.of(FIRST, at(10));
        progress.onAssigned(BOTH);
        progress.onRevokedOrLost(BOTH, Map.of(FIRST, at(20)));

        group.committed = Map.of();

        assertThat(progress.onAssigned(BOTH)).isEmpty();
    }

    @Test
    void resumesNothingIfTheGroupsOffsetIsUnknown() {
        group.answers = false;
        progress.onAssigned(List.of(FIRST));
        group.answers = true;
        progress.onAssigned(List.of(SECOND));
        progress.onRevokedOrLost(BOTH, Map.of(FIRST, at(20), SECOND, at(20)));
        group.answers = false;

        assertThat(progress.onAssigned(BOTH)).isEmpty();
        group.answers = true;
        assertThat(progress.onAssigned(BOTH)).isEmpty();
    }

    @Test
    void resumesNothingThatWasForgotten() {
        progress.onAssigned(BOTH);
        progress.forget(List.of(FIRST));
        progress.onRevokedOrLost(BOTH, Map.of(FIRST, at(20), SECOND, at(30)));
        progress.forget(List.of(SECOND));

        assertThat(progress.onAssigned(BOTH)).isEmpty();
    }

    @Test
    void resumesAPartitionOnlyOnce() {
        progress.onAssigned(BOTH);
        progress.onRevokedOrLost(BOTH, Map.of(FIRST, at(20)));
        progress.onAssigned(BOTH);
        progress.onRevokedOrLost(BOTH, Map.of());

        assertThat(progress.onAssigned(BOTH)).isEmpty();
    }

    @Test
    void ignoresCommitAnswersAfterThePartitionHasGone() {
        progress.onAssigned(BOTH);
        progress.onRevokedOrLost(BOTH, Map.of(FIRST, at(20)));
        progress.onCommitted(Map.of(FIRST, at(20)));
        group.committed = Map.of(FIRST, at(20));

        assertThat(progress.onAssigned(BOTH)).isEmpty();
    }

    @Test
    void aWakeUpIsPassedToThePoll() {
        group.answers = false;
        group.failure = new WakeupException();

        assertThatThrownBy(() -> progress.onAssigned(BOTH)).isInstanceOf(WakeupException.class);
    }

    private static OffsetAndMetadata at(long offset) {
        return new OffsetAndMetadata(offset);
    }
}
