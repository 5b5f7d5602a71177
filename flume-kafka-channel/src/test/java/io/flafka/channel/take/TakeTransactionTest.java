// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.take;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.badrecord.BadRecord;
import io.flafka.badrecord.BadRecordPolicy;
import io.flafka.badrecord.FlowStoppedException;
import io.flafka.channel.ChannelSettings;
import io.flafka.channel.metrics.ChannelMetrics;
import io.flafka.channel.transaction.ChannelFailedException;
import io.flafka.client.ClientSettings;
import io.flafka.client.KafkaClients;
import io.flafka.event.AvroEventCodec;
import io.flafka.event.HeaderSelection;
import io.flafka.event.TopicBackedEvent;
import io.flafka.testing.LogLines;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flume.Event;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Take transactions with bad records, rollbacks and commits: what is given, skipped and counted. */
class TakeTransactionTest {

    private static final TopicPartition FIRST = new TopicPartition("t", 0);
    /** Stands for the body of a record that is not a valid event. */
    private static final String BAD = "";

    private static final TopicPartition SECOND = new TopicPartition("t", 1);

    /** Skips bad records, or stops at them if {@code refuses} is set. */
    private static final class Policy implements BadRecordPolicy {

        private final BadRecordPolicy none = ChannelSettings.from(
                        "c1", Map.of("kafka.bootstrap.servers", "broker:9092"))
                .errors()
                .start(new ChannelMetrics("c1").badRecords(), KafkaClients.REAL);
        private final List<String> skipped = new ArrayList<>();
        private boolean refuses;

        @Override
        public void dispose(BadRecord record) throws FlowStoppedException {
            if (refuses) {
                none.dispose(record);
            }
            skipped.add(record.toString().replaceAll(":.*", ""));
        }

        @Override
        public void close() {
            none.close();
        }
    }

    private final Policy policy = new Policy();
    private final ChannelMetrics metrics = new ChannelMetrics("c1");
    private final TakeBuffer buffer = new TakeBuffer(TakeOrdering.PARTITION, new ReadAheadLimits(1_000, 1L << 20));
    private final AssignedQueues reader = new AssignedQueues("c1", buffer, () -> {});
    private final ThreadDeserializers deserializers = new ThreadDeserializers(new ClientSettings(Map.of()));
    private final LogLines log = new LogLines(TakeTransaction.class);

    @AfterEach
    void stop() {
        log.close();
        deserializers.close();
    }

    @Test
    void disposesOfASkippedRecordOnceHoweverOftenItIsRolledBack() {
        read(FIRST, 0, "a", BAD, "b");

        for (int rollback = 0; rollback < 3; rollback++) {
            TakeTransaction transaction = transaction();
            assertThat(take(transaction)).containsExactly("a", "b");
            transaction.rollback();
        }
        TakeTransaction transaction = transaction();
        assertThat(take(transaction)).containsExactly("a", "b");
        transaction.commit();

        assertThat(policy.skipped).containsExactly("t-0 offset 1");
        assertThat(reader.offsetsToCommit()).isEqualTo(Map.of(FIRST, new OffsetAndMetadata(3)));
    }

    @Test
    void disposesOfAnotherBadRecordAtTheSameOffset() {
        read(FIRST, 0, BAD);
        TakeTransaction before = transaction();
        assertThat(take(before)).isEmpty();
        before.rollback();
        reader.revoke(List.of(FIRST));
        read(FIRST, 0, BAD);

        TakeTransaction after = transaction();
        assertThat(take(after)).isEmpty();
        after.rollback();
        assertThat(take(transaction())).isEmpty();

        assertThat(policy.skipped).containsExactly("t-0 offset 0", "t-0 offset 0");
    }

    @Test
    void doesNotCountSkippedRecordsAsEvents() {
        read(FIRST, 0, "a", BAD, BAD, "b");
        TakeTransaction undone = transaction();
        take(undone);
        undone.rollback();
        assertThat(metrics.getEventTakeAttemptCount()).isEqualTo(2);
        assertThat(metrics.getRollbackCount()).isEqualTo(2);

        TakeTransaction done = transaction();
        take(done);
        done.commit();

        assertThat(metrics.getEventTakeSuccessCount()).isEqualTo(2);
        assertThat(metrics.getEventTakeAttemptCount()).isEqualTo(4);
    }

    @Test
    void doesNotCountSkippedRecordsAsRevokedEvents() {
        read(FIRST, 0, "a", BAD, "b");
        TakeTransaction transaction = transaction();
        take(transaction);
        reader.revoke(List.of(FIRST));

        transaction.commit();

        assertThat(metrics.group().number("EventTakeRevokedCount")).isEqualTo(2);
    }

    @Test
    void endsTheBatchBeforeABadRecordAndLogsItOnce() {
        policy.refuses = true;
        read(FIRST, 0, "a", BAD, "b");
        TakeTransaction transaction = transaction();

        assertThat(take(transaction)).containsExactly("a");
        assertThat(take(transaction)).isEmpty();
        transaction.commit();

        assertThatThrownBy(transaction()::take).isInstanceOf(ChannelFailedException.class);
        assertThat(log.lines())
                .singleElement()
                .asString()
                .startsWith("ERROR KafkaChannel c1: stopped at t-0 offset 1: ");
        assertThat(metrics.group().number("EventTakeFailCount")).isEqualTo(1);
        assertThat(reader.offsetsToCommit()).isEqualTo(Map.of(FIRST, new OffsetAndMetadata(1)));
    }

    @Test
    void doesNotFailBecauseOfAStoppedPartitionWhileAnotherHasEvents() {
        policy.refuses = true;
        read(FIRST, 0, BAD, "a");
        read(SECOND, 0, "x", "y");

        TakeTransaction transaction = transaction();
        assertThat(take(transaction)).containsExactly("x", "y");
        transaction.commit();

        assertThat(metrics.group().number("EventTakeFailCount")).isEqualTo(1);
        assertThatThrownBy(transaction()::take).hasMessageContaining("stopped at t-0 offset 0");
        assertThat(log.lines()).hasSize(1);
    }

    @Test
    void goesPastABadRecordThatCanBeSkippedAndLogsTheNextOne() {
        policy.refuses = true;
        read(FIRST, 0, BAD, "a", BAD, "b");
        assertThatThrownBy(transaction()::take).hasMessageContaining("stopped at t-0 offset 0");
        policy.refuses = false;
        TakeTransaction past = transaction();
        assertThat(past.take()).isNotNull();
        policy.refuses = true;
        assertThat(past.take()).isNull();
        past.commit();

        assertThatThrownBy(transaction()::take).hasMessageContaining("stopped at t-0 offset 2");

        assertThat(log.lines()).hasSize(2);
        assertThat(log.lines().get(1)).contains("t-0 offset 2");
        assertThat(reader.offsetsToCommit()).isEqualTo(Map.of(FIRST, new OffsetAndMetadata(2)));
    }

    @Test
    void passesARecordSkippedBeforeEvenIfNoRecordCanBeSkippedNow() {
        read(FIRST, 0, BAD, BAD, "a");
        TakeTransaction undone = transaction();
        assertThat(take(undone)).containsExactly("a");
        undone.rollback();
        policy.skipped.clear();
        policy.refuses = true;
        read(SECOND, 0, BAD, "x");
        TakeTransaction again = transaction();
        assertThat(take(again)).containsExactly("a");
        again.commit();

        assertThatThrownBy(transaction()::take).hasMessageContaining("stopped at t-1 offset 0");
        assertThat(policy.skipped).isEmpty();
    }

    @Test
    void anEventKeepsItsIdentityThroughARollback() {
        read(FIRST, 0, "same", "same");
        TakeTransaction transaction = transaction();
        Object one = identity(transaction.take());
        Object other = identity(transaction.take());
        transaction.rollback();

        TakeTransaction again = transaction();

        assertThat(identity(again.take())).isSameAs(one).isNotSameAs(other);
        assertThat(identity(again.take())).isSameAs(other);
    }

    @Test
    void commitSucceedsWithoutAnAnswerAndLeavesTheOffsetsToCommit() {
        read(FIRST, 0, "a");
        TakeTransaction transaction = transaction(
                new CommitWait.EachTransaction(Duration.ofMillis(1), new CommitTimeoutReport("c1", metrics)));
        take(transaction);

        transaction.commit();

        assertThat(metrics.getEventTakeSuccessCount()).isEqualTo(1);
        assertThat(metrics.group().number("OffsetCommitFailCount")).isEqualTo(1);
        assertThat(reader.offsetsToCommit()).isEqualTo(Map.of(FIRST, new OffsetAndMetadata(1)));
        assertThat(take(transaction())).isEmpty();
    }

    @Test
    void toStringShowsTheOffsetAndNotTheContent() {
        read(FIRST, 0, "secret");

        assertThat(transaction().take()).hasToString("[Event of t-0 offset 0]");
    }

    private static Object identity(@Nullable Event event) {
        return ((TopicBackedEvent) Objects.requireNonNull(event)).recordIdentity();
    }

    private TakeTransaction transaction() {
        return transaction(new CommitWait.AtIntervals());
    }

    private TakeTransaction transaction(CommitWait commitWait) {
        return new TakeTransaction(
                "c1",
                Duration.ofMillis(1),
                new RecordToChannelEvent(
                        deserializers.get(),
                        new AvroEventCodec(),
                        HeaderSelection.none(),
                        RecordToChannelEvent.LocationHeaders.OMITTED),
                policy,
                commitWait,
                buffer,
                metrics);
    }

    private static List<String> take(TakeTransaction transaction) {
        List<String> taken = new ArrayList<>();
        for (Event event = transaction.take(); event != null; event = transaction.take()) {
            taken.add(new String(event.getBody(), UTF_8));
        }
        return taken;
    }

    /** Reads events with these bodies, and an invalid record for each {@link #BAD}. */
    private void read(TopicPartition partition, long first, String... bodies) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (String body : bodies) {
            byte[] value =
                    body.equals(BAD) ? new byte[] {1} : new AvroEventCodec().encode(Map.of(), body.getBytes(UTF_8));
            records.add(new ConsumerRecord<>(
                    partition.topic(), partition.partition(), first + records.size(), new byte[0], value));
        }
        reader.add(new ConsumerRecords<>(
                Map.of(partition, records), Map.of(partition, new OffsetAndMetadata(first + bodies.length))));
    }
}
