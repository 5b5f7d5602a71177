// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.client.ClientSettings;
import io.flafka.client.KafkaClients;
import io.flafka.client.TopicAddress;
import io.flafka.consume.offsets.ReadPositions;
import io.flafka.consume.offsets.ReadRange;
import io.flafka.consume.offsets.StartingOffsets;
import io.flafka.exactlyonce.ExactlyOnceChannel;
import io.flafka.exactlyonce.MemberOffsets;
import io.flafka.exactlyonce.OffsetsToCommit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.flume.ChannelException;
import org.apache.flume.Event;
import org.apache.flume.Transaction;
import org.apache.flume.channel.AbstractChannel;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** Which offsets a source gives to the put transactions of its channel, and what happens if these fail. */
class ChannelCommittedOffsetsTest {

    private static final TopicPartition FIRST = new TopicPartition("t", 0);
    private static final TopicPartition SECOND = new TopicPartition("t", 1);

    /** A channel whose transactions commit the offsets, or fail. */
    private static final class CommittingChannel extends AbstractChannel implements ExactlyOnceChannel {

        private final List<Map<TopicPartition, Long>> committed = new ArrayList<>();
        private OffsetsToCommit next = OffsetsToCommit.NONE;
        private boolean refuses;
        private boolean leavesOutcomeUnknown;

        @Override
        public void commitWithNextPut(String source, OffsetsToCommit offsets) {
            next = offsets;
        }

        /** What the put of a source does. */
        private void commit() {
            if (refuses) {
                throw new ChannelException("full");
            }
            List<MemberOffsets> sent = next.get();
            next.onCommitTried();
            if (leavesOutcomeUnknown) {
                throw new ChannelException("no answer");
            }
            sent.forEach(each -> {
                Map<TopicPartition, Long> offsets = new java.util.HashMap<>();
                each.offsets().forEach((partition, offset) -> offsets.put(partition, offset.offset()));
                committed.add(offsets);
            });
            next = OffsetsToCommit.NONE;
        }

        @Override
        public Transaction getTransaction() {
            return new Transaction() {
                @Override
                public void begin() {}

                @Override
                public void commit() {
                    CommittingChannel.this.commit();
                }

                @Override
                public void rollback() {}

                @Override
                public void close() {}
            };
        }

        @Override
        public List<String> obstaclesForSinks() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void leaveCommitsTo(String sink) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<String> obstaclesForSources() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void acceptOffsetsOf(String source) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void prepareOffsetsOf(String source) {}

        @Override
        public OffsetsToCommit takenOffsets() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<TopicAddress> topicAddress() {
            return Optional.empty();
        }

        @Override
        public void put(Event event) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Event take() {
            throw new UnsupportedOperationException();
        }
    }

    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none");
    private final CommittingChannel channel = new CommittingChannel();
    private final ChannelCommittedOffsets offsets = new ChannelCommittedOffsets(
            "r1",
            consumer,
            new ReadPositions(
                    "KafkaSource r1",
                    new ClientSettings(Map.of("group.id", "g")),
                    consumer,
                    StartingOffsets.KAFKA_ONLY,
                    ReadRange.WHOLE,
                    KafkaClients.REAL::admin),
            channel);

    @Test
    void thePutCommitsTheOffsetsAfterItsRecords() {
        offsets.deliver(List.of(record(FIRST, 4), record(FIRST, 5), record(SECOND, 9)), channel::commit);

        assertThat(channel.committed).containsExactly(Map.of(FIRST, 6L, SECOND, 10L));
        offsets.commitDelivered();
        assertThat(channel.committed).hasSize(1);
    }

    @Test
    void ofEventsThatInterceptorsDropTheOffsetsAreCommittedToo() {
        offsets.deliver(List.of(record(FIRST, 4)), () -> {});

        assertThat(channel.committed).containsExactly(Map.of(FIRST, 5L));
    }

    @Test
    void aBadRecordIsCommittedWithTheNextPutOrByItself() {
        offsets.markDelivered(List.of(record(FIRST, 4)));
        offsets.deliver(List.of(record(SECOND, 7)), channel::commit);
        assertThat(channel.committed).containsExactly(Map.of(FIRST, 5L, SECOND, 8L));

        offsets.markDelivered(List.of(record(FIRST, 5)));
        offsets.commitDelivered();
        assertThat(channel.committed).last().isEqualTo(Map.of(FIRST, 6L));
    }

    @Test
    void aRefusedPutCommitsNothingAndIsRetriedFromMemory() {
        channel.refuses = true;

        assertThatThrownBy(() -> offsets.deliver(List.of(record(FIRST, 4)), channel::commit))
                .isInstanceOf(ChannelException.class);
        offsets.commitDelivered();

        assertThat(channel.committed).isEmpty();
        assertThat(offsets.takePartitionsToReadAgain()).isEmpty();
    }

    @Test
    void afterAnUnknownOutcomeThePartitionsAreReadAgain() {
        channel.leavesOutcomeUnknown = true;

        assertThatThrownBy(() -> offsets.deliver(List.of(record(FIRST, 4), record(SECOND, 1)), channel::commit))
                .isInstanceOf(ChannelException.class);
        offsets.onRevoked(List.of(SECOND));

        assertThat(offsets.takePartitionsToReadAgain()).isEqualTo(Set.of(FIRST));
        assertThat(offsets.takePartitionsToReadAgain()).isEmpty();
    }

    @Test
    void afterAnUnknownOutcomeNoOffsetBeforeItIsCommitted() {
        offsets.markDelivered(List.of(record(FIRST, 4)));
        channel.leavesOutcomeUnknown = true;
        assertThatThrownBy(() -> offsets.deliver(List.of(record(FIRST, 5)), channel::commit))
                .isInstanceOf(ChannelException.class);
        channel.leavesOutcomeUnknown = false;

        offsets.commitDelivered();

        assertThat(channel.committed).isEmpty();
        assertThat(offsets.takePartitionsToReadAgain()).isEqualTo(Set.of(FIRST));
    }

    @Test
    void ofRevokedPartitionsNothingIsCommitted() {
        offsets.markDelivered(List.of(record(FIRST, 4), record(SECOND, 4)));

        offsets.onLost(List.of(FIRST));
        offsets.commitDelivered();

        assertThat(channel.committed).containsExactly(Map.of(SECOND, 5L));
        assertThat(offsets.onAssigned(List.of(FIRST))).isEqualTo(Map.<TopicPartition, OffsetAndMetadata>of());
    }

    private static ConsumerRecord<byte[], byte[]> record(TopicPartition partition, long offset) {
        return new ConsumerRecord<>(partition.topic(), partition.partition(), offset, null, new byte[0]);
    }
}
