// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.badrecord.ErrorTolerance;
import io.flafka.client.ClientSettings;
import io.flafka.client.ClientSettingsBuilder;
import io.flafka.client.KafkaClients;
import io.flafka.client.RecordDeserializers;
import io.flafka.config.PropertyValues;
import io.flafka.event.AvroEventCodec;
import io.flafka.failure.ClientAccess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.flume.ChannelException;
import org.apache.flume.Event;
import org.apache.flume.PollableSource.Status;
import org.apache.flume.channel.ChannelProcessor;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.clients.consumer.RetriableCommitFailedException;
import org.apache.kafka.clients.consumer.internals.AutoOffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests a source's run with Kafka's mock consumer: it skips no record and commits no offset too early. */
class SourceRunTest {

    private static final TopicPartition FIRST = new TopicPartition("t", 0);
    private static final TopicPartition SECOND = new TopicPartition("t", 1);
    private static final ClientSettings CLIENT = new ClientSettings(Map.of("auto.offset.reset", "earliest"));
    private static final byte[] KEY = "k".getBytes(UTF_8);

    /** Accepts batches, or rejects them if full. */
    private static final class Channels extends ChannelProcessor {

        private final List<List<String>> batches = new ArrayList<>();
        private boolean isFull;

        Channels() {
            super(null);
        }

        @Override
        public void processEventBatch(List<Event> events) {
            if (isFull) {
                throw new ChannelException("Unable to put batch on required channel");
            }
            batches.add(events.stream()
                    .map(event -> new String(event.getBody(), UTF_8))
                    .toList());
        }
    }

    /** Rejects commits on request. */
    private static final class Group extends MockConsumer<byte[], byte[]> {

        private boolean rejectsCommits;

        Group() {
            super(AutoOffsetResetStrategy.EARLIEST.name());
        }

        /** As a real consumer does, forgets partitions that are not assigned any more. */
        @Override
        public synchronized Set<TopicPartition> paused() {
            Set<TopicPartition> paused = new HashSet<>(super.paused());
            paused.retainAll(assignment());
            return paused;
        }

        @Override
        public synchronized void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
            if (rejectsCommits) {
                throw new TimeoutException("no coordinator");
            }
            super.commitSync(offsets, timeout);
        }

        @Override
        public synchronized void commitAsync(
                Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback callback) {
            if (rejectsCommits) {
                callback.onComplete(offsets, new RetriableCommitFailedException("no coordinator"));
            } else {
                super.commitAsync(offsets, callback);
            }
        }
    }

    private static final ClientAccess ACCESS =
            new ClientAccess("b:1", "PLAINTEXT", "user 'u'", ClientAccess.TopicUse.READS);

    private final AvroEventCodec codec = new AvroEventCodec();
    private final Group group = new Group();
    private final Channels channels = new Channels();
    private final SourceMetrics metrics = new SourceMetrics("r1");
    private final StallReport stall = new StallReport("r1", ACCESS, Duration.ZERO, metrics);
    private final SourceRun run = run(new ErrorTolerance.None());

    @BeforeEach
    void assign() {
        group.updateBeginningOffsets(Map.of(FIRST, 0L, SECOND, 0L));
        group.updateEndOffsets(Map.of(FIRST, 0L, SECOND, 0L));
        group.rebalance(List.of(FIRST, SECOND));
    }

    @Test
    void deliversRecordsThenCommitsThem() {
        fetch(event(FIRST, 0, "a"), event(FIRST, 1, "b"));

        Status status = run.process(channels);

        assertThat(status).isEqualTo(Status.READY);
        assertThat(channels.batches).containsExactly(List.of("a", "b"));
        assertThat(committed()).isEqualTo(Map.of(FIRST, new OffsetAndMetadata(2)));
        assertThat(metrics.getEventAcceptedCount()).isEqualTo(2);
    }

    @Test
    void noBatchExceedsTheBatchSize() {
        fetch(event(FIRST, 0, "a"), event(FIRST, 1, "b"), event(FIRST, 2, "c"), event(FIRST, 3, "d"));

        run.process(channels);
        run.process(channels);

        assertThat(channels.batches).containsExactly(List.of("a", "b", "c"), List.of("d"));
    }

    @Test
    void anIdleTopicDoesNotCauseABackoff() {
        assertThat(run.process(channels)).isEqualTo(Status.READY);
        assertThat(metrics.getKafkaEmptyCount()).isEqualTo(1);
    }

    @Test
    void aFullChannelPausesThePartitionsAndCommitsNothing() {
        fetch(event(FIRST, 0, "a"));
        channels.isFull = true;

        Status first = run.process(channels);
        Status second = run.process(channels);

        assertThat(first).isEqualTo(Status.BACKOFF);
        assertThat(second).isEqualTo(Status.BACKOFF);
        assertThat(group.paused()).containsExactlyInAnyOrder(FIRST, SECOND);
        assertThat(committed()).isEmpty();
        assertThat(metrics.getChannelWriteFail()).isEqualTo(2);
    }

    @Test
    void aChannelThatIsNotFullAnyMoreGetsTheSameRecordsThenTheNext() {
        fetch(event(FIRST, 0, "a"));
        channels.isFull = true;
        run.process(channels);
        channels.isFull = false;

        run.process(channels);
        fetch(event(FIRST, 1, "b"));
        run.process(channels);

        assertThat(channels.batches).containsExactly(List.of("a"), List.of("b"));
        assertThat(group.paused()).isEmpty();
        assertThat(committed()).isEqualTo(Map.of(FIRST, new OffsetAndMetadata(2)));
    }

    @Test
    void stopsAtABadRecordAfterItDeliveredTheRecordsBeforeIt() {
        fetch(event(FIRST, 0, "a"), new ConsumerRecord<>("t", 0, 1, KEY, new byte[0]), event(FIRST, 2, "c"));

        Status first = run.process(channels);
        Status second = run.process(channels);

        assertThat(List.of(first, second)).containsExactly(Status.BACKOFF, Status.BACKOFF);
        assertThat(channels.batches).containsExactly(List.of("a"));
        assertThat(committed()).isEqualTo(Map.of(FIRST, new OffsetAndMetadata(1)));
        assertThat(metrics.getEventReadFail()).isEqualTo(2);
        assertThat(metrics.group().number("BadRecordCount")).isZero();
    }

    @Test
    void skipsABadRecordIfItIsTolerated() {
        SourceRun tolerant =
                run(ErrorTolerance.from(values(), ClientSettingsBuilder.of(values()), "KafkaSource", "r1", t -> false));
        group.rebalance(List.of(FIRST, SECOND));
        fetch(event(FIRST, 0, "a"), new ConsumerRecord<>("t", 0, 1, KEY, new byte[0]), event(FIRST, 2, "c"));

        Status status = tolerant.process(channels);

        assertThat(status).isEqualTo(Status.READY);
        assertThat(channels.batches).containsExactly(List.of("a"), List.of("c"));
        assertThat(committed()).isEqualTo(Map.of(FIRST, new OffsetAndMetadata(3)));
        assertThat(metrics.group().number("BadRecordCount")).isEqualTo(1);
        assertThat(metrics.getEventAcceptedCount()).isEqualTo(2);
    }

    @Test
    void commitsPastABadRecordAtTheEnd() {
        SourceRun tolerant =
                run(ErrorTolerance.from(values(), ClientSettingsBuilder.of(values()), "KafkaSource", "r1", t -> false));
        group.rebalance(List.of(FIRST, SECOND));
        fetch(new ConsumerRecord<>("t", 0, 0, KEY, new byte[0]));

        tolerant.process(channels);

        assertThat(committed()).isEqualTo(Map.of(FIRST, new OffsetAndMetadata(1)));
    }

    @Test
    void dropsPendingRecordsOfRevokedPartitions() {
        fetch(event(FIRST, 0, "a"));
        channels.isFull = true;
        run.process(channels);
        channels.isFull = false;

        group.rebalance(List.of(SECOND));
        run.process(channels);

        assertThat(channels.batches).isEmpty();
        assertThat(committed()).isEmpty();
    }

    @Test
    void retriesAFailedCommit() {
        fetch(event(FIRST, 0, "a"));
        group.rejectsCommits = true;
        run.process(channels);
        assertThat(metrics.group().number("OffsetCommitFailCount")).isEqualTo(1);
        group.rejectsCommits = false;

        run.process(channels);

        assertThat(channels.batches).containsExactly(List.of("a"));
        assertThat(committed()).isEqualTo(Map.of(FIRST, new OffsetAndMetadata(1)));
    }

    @Test
    void closeCommitsAndLeavesTheGroup() {
        fetch(event(FIRST, 0, "a"));
        group.rejectsCommits = true;
        run.process(channels);
        group.rejectsCommits = false;

        run.close();

        assertThat(group.closed()).isTrue();
        assertThat(metrics.group().number("OffsetCommitFailCount")).isEqualTo(1);
    }

    @SafeVarargs
    private void fetch(ConsumerRecord<byte[], byte[]>... records) {
        for (ConsumerRecord<byte[], byte[]> record : records) {
            group.addRecord(record);
        }
    }

    private ConsumerRecord<byte[], byte[]> event(TopicPartition partition, long offset, String body) {
        byte[] value = codec.encode(Map.of(), body.getBytes(UTF_8));
        return new ConsumerRecord<>(partition.topic(), partition.partition(), offset, KEY, value);
    }

    private Map<TopicPartition, OffsetAndMetadata> committed() {
        return group.committed(Set.of(FIRST, SECOND));
    }

    private SourceRun run(ErrorTolerance errors) {
        SourceSettings settings = RunSettings.of(CLIENT, codec, errors);
        return new SourceRun(
                "r1",
                settings,
                KafkaClients.REAL,
                group,
                RecordDeserializers.of(CLIENT),
                Optional.empty(),
                stall,
                metrics);
    }

    private static PropertyValues values() {
        return SourceProperties.SET.read(
                "r1", Map.of("kafka.bootstrap.servers", "a:1", "kafka.topics", "t", "errors.tolerance", "all"));
    }
}
