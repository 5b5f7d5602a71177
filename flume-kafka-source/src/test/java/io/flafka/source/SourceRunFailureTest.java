// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.badrecord.ErrorTolerance;
import io.flafka.client.ClientSettings;
import io.flafka.client.KafkaClients;
import io.flafka.client.RecordDeserializers;
import io.flafka.event.RawEventCodec;
import io.flafka.failure.ClientAccess;
import io.flafka.testing.LogLines;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.flume.Event;
import org.apache.flume.PollableSource.Status;
import org.apache.flume.channel.ChannelProcessor;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.clients.consumer.RetriableCommitFailedException;
import org.apache.kafka.clients.consumer.internals.AutoOffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests failures of an operator's interceptor and of Kafka. */
class SourceRunFailureTest {

    private static final TopicPartition PARTITION = new TopicPartition("t", 0);
    private static final ClientSettings CLIENT =
            new ClientSettings(Map.of("auto.offset.reset", "earliest", "group.protocol", "consumer"));

    /** Accepts batches, or fails like an interceptor before the channels. */
    private static final class Channels extends ChannelProcessor {

        private int events;
        private @Nullable RuntimeException exception;
        private @Nullable Error error;

        Channels() {
            super(null);
        }

        @Override
        public void processEventBatch(List<Event> batch) {
            if (exception != null) {
                throw exception;
            }
            if (error != null) {
                throw error;
            }
            events += batch.size();
        }
    }

    /** Counts its polls. Rejects the login or the commits on request. */
    private static final class Group extends MockConsumer<byte[], byte[]> {

        private final List<Map<TopicPartition, OffsetAndMetadata>> committed = new ArrayList<>();
        private int polls;
        private boolean rejectsLogin;
        private boolean rejectsCommits;

        Group() {
            super(AutoOffsetResetStrategy.EARLIEST.name());
        }

        @Override
        public synchronized ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
            polls++;
            return super.poll(timeout);
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

        @Override
        public synchronized void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
            committed.add(offsets);
            super.commitAsync(offsets, null);
        }

        /** As a real consumer does, forgets partitions that are not assigned any more. */
        @Override
        public synchronized Set<TopicPartition> paused() {
            Set<TopicPartition> paused = new HashSet<>(super.paused());
            paused.retainAll(assignment());
            return paused;
        }

        @Override
        public synchronized Map<TopicPartition, Long> beginningOffsets(
                Collection<TopicPartition> partitions, Duration timeout) {
            if (rejectsLogin) {
                throw new SaslAuthenticationException("wrong password");
            }
            return Map.of(PARTITION, 0L);
        }
    }

    private static final ClientAccess ACCESS =
            new ClientAccess("b:1", "PLAINTEXT", "user 'u'", ClientAccess.TopicUse.READS);

    private final Group group = new Group();
    private final Channels channels = new Channels();
    private final SourceMetrics metrics = new SourceMetrics("r1");
    private final StallReport stall = new StallReport("r1", ACCESS, Duration.ZERO, metrics);
    private final SourceRun run = run(group, stall);

    @BeforeEach
    void assign() {
        group.updateBeginningOffsets(Map.of(PARTITION, 0L));
        group.updateEndOffsets(Map.of(PARTITION, 0L));
        group.rebalance(List.of(PARTITION));
    }

    @Test
    void closeCommitsOffsetsWhoseCommitFailedBefore() {
        group.addRecord(new ConsumerRecord<>("t", 0, 0, null, new byte[0]));
        group.rejectsCommits = true;
        run.process(channels);

        run.close();

        assertThat(group.committed).containsExactly(Map.of(PARTITION, new OffsetAndMetadata(1)));
    }

    @Test
    void aFailingInterceptorIsCountedAndLoggedOnceAndItsBatchIsRetried() {
        group.addRecord(new ConsumerRecord<>("t", 0, 0, new byte[0], new byte[0]));
        channels.exception = new IllegalStateException("cannot look up");

        try (LogLines log = new LogLines(StallReport.class)) {
            assertThat(run.process(channels)).isEqualTo(Status.BACKOFF);
            assertThat(run.process(channels)).isEqualTo(Status.BACKOFF);
            assertThat(metrics.getEventReadFail()).isEqualTo(2);
            assertThat(group.paused()).containsExactly(PARTITION);
            assertThat(group.committed(Set.of(PARTITION))).isEmpty();

            channels.exception = null;
            assertThat(run.process(channels)).isEqualTo(Status.READY);

            assertThat(log.lines())
                    .containsExactly(
                            "ERROR KafkaSource r1: an interceptor, the channel selector or a channel failed. The batch is not"
                                    + " delivered; the source keeps it and its partitions and retries until it passes. Fix that class,"
                                    + " or remove it from the agent file. If Flume's file channel has closed, restart the agent",
                            "INFO KafkaSource r1: resumed");
        }
        assertThat(channels.events).isEqualTo(1);
    }

    @Test
    void aLinkageErrorOrStackOverflowInAnInterceptorDoesNotStopTheSource() {
        group.addRecord(new ConsumerRecord<>("t", 0, 0, new byte[0], new byte[0]));

        channels.error = new NoClassDefFoundError("com/acme/Lookup");
        assertThat(run.process(channels)).isEqualTo(Status.BACKOFF);
        channels.error = new StackOverflowError();
        assertThat(run.process(channels)).isEqualTo(Status.BACKOFF);

        assertThat(metrics.getEventReadFail()).isEqualTo(2);
    }

    @Test
    void pollsAgainAfterAFailedInterceptorBeforeFlumePauses() {
        group.addRecord(new ConsumerRecord<>("t", 0, 0, new byte[0], new byte[0]));
        channels.exception = new IllegalStateException();

        run.process(channels);

        assertThat(group.polls).isEqualTo(2);
    }

    @Test
    void anEmptyPollAfterAKafkaFailureDoesNotResumeUntilKafkaAnswers() {
        try (LogLines log = new LogLines(StallReport.class)) {
            group.rejectsLogin = true;
            run.onKafkaFailure(new SaslAuthenticationException("wrong password"));
            run.process(channels);
            run.onKafkaFailure(new SaslAuthenticationException("wrong password"));
            run.process(channels);
            assertThat(log.lines()).singleElement().asString().startsWith("ERROR KafkaSource r1: cannot read");

            group.rejectsLogin = false;
            run.process(channels);

            assertThat(log.lines()).hasSize(2).last().isEqualTo("INFO KafkaSource r1: resumed");
        }
    }

    /** Without the right to read, Kafka still answers where a partition begins. */
    @Test
    void anEmptyPollBetweenTwoDeniedRequestsDoesNotResume() {
        SourceRun patient = run(group, new StallReport("r1", ACCESS, Duration.ofMinutes(1), metrics));

        try (LogLines log = new LogLines(StallReport.class)) {
            patient.onKafkaFailure(new TopicAuthorizationException(Set.of("t")));
            patient.process(channels);
            assertThat(log.lines()).hasSize(1);
            group.addRecord(new ConsumerRecord<>("t", 0, 0, new byte[0], new byte[0]));
            patient.process(channels);

            assertThat(log.lines()).hasSize(2).last().isEqualTo("INFO KafkaSource r1: resumed");
        }
    }

    @Test
    void resumesIfTheRejectedRecordsNowBelongToAnotherMember() {
        group.addRecord(new ConsumerRecord<>("t", 0, 0, new byte[0], new byte[0]));
        channels.exception = new IllegalStateException();
        run.process(channels);

        try (LogLines log = new LogLines(StallReport.class)) {
            group.rebalance(List.of());
            run.process(channels);

            assertThat(log.lines()).containsExactly("INFO KafkaSource r1: resumed");
        }
    }

    @Test
    void anUnauthorizedTopicSuspendsTheSubscriptionUntilItIsAuthorized() {
        group.rebalance(List.of());
        run.onKafkaFailure(new TopicAuthorizationException(Set.of("t")));
        assertThat(group.subscription()).isEmpty();

        run.process(channels);

        assertThat(group.subscription()).containsExactly("t");
    }

    @Test
    void aRejectedMemberWithoutPartitionsHasEnded() {
        run.process(channels);
        run.onKafkaFailure(new SaslAuthenticationException("wrong password"));
        assertThat(run.hasEnded()).isFalse();

        group.rebalance(List.of());

        assertThat(run.hasEnded()).isTrue();
    }

    @Test
    void aNewConsumerEndsTheStallThatMadeItNecessary() {
        run.process(channels);
        Group replacement = new Group();
        replacement.updateBeginningOffsets(Map.of(PARTITION, 0L));
        replacement.updateEndOffsets(Map.of(PARTITION, 0L));
        SourceRun next = run(replacement, stall);
        replacement.rebalance(List.of(PARTITION));
        replacement.addRecord(new ConsumerRecord<>("t", 0, 0, null, new byte[0]));

        try (LogLines log = new LogLines(StallReport.class)) {
            run.onKafkaFailure(new SaslAuthenticationException("wrong password"));
            next.onKafkaFailure(new SaslAuthenticationException("wrong password"));
            next.process(channels);

            assertThat(log.lines())
                    .containsExactly(
                            "ERROR KafkaSource r1: cannot read: kafka.bootstrap.servers=b:1 rejects the login of user 'u'"
                                    + " (SaslAuthenticationException: wrong password); check kafka.client.sasl.jaas.config, and that"
                                    + " the brokers know this user; operator action required; retrying",
                            "INFO KafkaSource r1: resumed");
        }
    }

    private SourceRun run(Group consumer, StallReport report) {
        SourceSettings settings = RunSettings.of(CLIENT, new RawEventCodec(), new ErrorTolerance.None());
        return new SourceRun(
                "r1",
                settings,
                KafkaClients.REAL,
                consumer,
                RecordDeserializers.of(CLIENT),
                Optional.empty(),
                report,
                metrics);
    }
}
