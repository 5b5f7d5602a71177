// SPDX-License-Identifier: Apache-2.0
package io.flafka.badrecord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.anyCollection;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.flafka.client.ClientSettings;
import io.flafka.event.UnreadableRecordException;
import io.flafka.metrics.MetricGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsResult;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The flow waits for each dead letter, and an unusable producer is replaced. */
class DeadLetterQueueTest {

    private static final BadRecord BAD =
            BadRecord.unwritable(Map.of("h", "v"), new byte[1], new UnreadableRecordException("no event"));

    private final List<MockProducer<byte[], byte[]>> made = new ArrayList<>();
    private final List<Object> idempotence = new ArrayList<>();
    private @Nullable RuntimeException thrownByTheFirstSend;
    private final MetricGroup metrics = new MetricGroup();
    private final BadRecordMetrics counts = new BadRecordMetrics(metrics);
    private final DeadLetterQueue queue = new DeadLetterQueue(
            new DeadLetterTopic("dead", (short) 1, new ClientSettings(Map.of("client.id", "c")), settings -> admin()),
            settings -> make(settings),
            Optional.empty(),
            counts,
            new BadRecordLog("Tester t1", BadRecordLog.Detail.NOTHING));

    @Test
    void theFlowContinuesOnlyAfterTheAcknowledgement() throws Exception {
        CompletableFuture<Void> disposal = CompletableFuture.runAsync(this::dispose);
        await().until(() -> !made.isEmpty() && made.get(0).history().size() == 1);

        assertThat(disposal).isNotDone();
        assertThat(metrics.number("BadRecordCount")).isZero();
        assertThat(made.get(0).completeNext()).isTrue();

        disposal.get(30, TimeUnit.SECONDS);
        assertThat(metrics.number("BadRecordCount")).isEqualTo(1);
    }

    @Test
    void aProducerWithARefusedLoginIsReplacedForTheNextAttempt() {
        CompletableFuture<Void> disposal = CompletableFuture.runAsync(this::dispose);
        await().until(() -> !made.isEmpty() && made.get(0).history().size() == 1);
        made.get(0).errorNext(new SaslAuthenticationException("invalid credentials"));

        assertThatThrownBy(() -> disposal.get(30, TimeUnit.SECONDS))
                .hasStackTraceContaining("could not be written to dead letter topic dead at bootstrap.servers=null:"
                        + " SaslAuthenticationException: invalid credentials");
        await().until(made.get(0)::closed);
        assertThat(metrics.number("BadRecordCount")).isZero();

        CompletableFuture<Void> again = CompletableFuture.runAsync(this::dispose);
        await().until(() -> made.size() == 2 && made.get(1).history().size() == 1);
        assertThat(made.get(1).completeNext()).isTrue();
        again.join();
        queue.close();

        assertThat(metrics.number("BadRecordCount")).isEqualTo(1);
        assertThat(made).allMatch(MockProducer::closed);
    }

    /** Brokers before 2.8 refuse a producer id to a user who may write the topic. */
    @Test
    void withoutAProducerIdTheRecordIsWrittenWithoutIdempotence() throws Exception {
        CompletableFuture<Void> disposal = CompletableFuture.runAsync(this::dispose);
        await().until(() -> !made.isEmpty() && made.get(0).history().size() == 1);
        made.get(0).errorNext(new ClusterAuthorizationException("Cluster authorization failed."));
        await().until(() -> made.size() == 2 && made.get(1).history().size() == 1);
        assertThat(made.get(1).completeNext()).isTrue();

        disposal.get(30, TimeUnit.SECONDS);
        assertThat(made.get(0).closed()).isTrue();
        assertThat(idempotence).containsExactly("by default", "false");
        assertThat(metrics.number("DeadLetterFailCount")).isZero();
        queue.close();
    }

    /** The refusal can be there before the first record. Then Kafka's client throws it, as the cause of another exception. */
    @Test
    void aRefusalThatIsThrownCountsToo() throws Exception {
        thrownByTheFirstSend = new KafkaException(
                "Cannot execute transactional method because we are in an error state",
                new ClusterAuthorizationException("Cluster authorization failed."));
        CompletableFuture<Void> disposal = CompletableFuture.runAsync(this::dispose);
        await().until(() -> made.size() == 2 && made.get(1).history().size() == 1);
        assertThat(made.get(1).completeNext()).isTrue();

        disposal.get(30, TimeUnit.SECONDS);
        assertThat(made.get(0).closed()).isTrue();
        assertThat(idempotence).containsExactly("by default", "false");
        queue.close();
    }

    @Test
    void aRejectedRecordDoesNotReplaceTheProducer() {
        CompletableFuture<Void> disposal = CompletableFuture.runAsync(this::dispose);
        await().until(() -> !made.isEmpty() && made.get(0).history().size() == 1);
        made.get(0).errorNext(new RecordTooLargeException("too large"));

        assertThatThrownBy(() -> disposal.get(30, TimeUnit.SECONDS)).hasStackTraceContaining("RecordTooLargeException");

        assertThat(made.get(0).closed()).isFalse();
        queue.close();
        assertThat(made).singleElement().matches(MockProducer::closed);
    }

    /** An agent that stops would otherwise roll back the events around the bad record, which are in Kafka already. */
    @Test
    void aStopDoesNotEndTheWaitForTheAcknowledgement() throws Exception {
        AtomicBoolean isStillInterrupted = new AtomicBoolean();
        FutureTask<Void> disposal = new FutureTask<>(() -> {
            dispose();
            isStillInterrupted.set(Thread.currentThread().isInterrupted());
            return null;
        });
        Thread lane = new Thread(disposal, "lane");
        lane.start();
        await().until(() -> !made.isEmpty() && made.get(0).history().size() == 1);

        lane.interrupt();
        await().until(() -> !lane.isInterrupted() && lane.getState() == Thread.State.TIMED_WAITING);
        assertThat(disposal).isNotDone();
        assertThat(made.get(0).completeNext()).isTrue();

        disposal.get(30, TimeUnit.SECONDS);
        assertThat(isStillInterrupted).isTrue();
        assertThat(metrics.number("BadRecordCount")).isEqualTo(1);
    }

    private void dispose() {
        try {
            queue.dispose(BAD);
        } catch (FlowStoppedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    private Producer<byte[], byte[]> make(ClientSettings settings) {
        idempotence.add(settings.properties().getOrDefault("enable.idempotence", "by default"));
        MockProducer<byte[], byte[]> fresh = new MockProducer<>(
                false, new RoundRobinPartitioner(), new ByteArraySerializer(), new ByteArraySerializer());
        fresh.sendException = made.isEmpty() ? thrownByTheFirstSend : null;
        made.add(fresh);
        return fresh;
    }

    /** Returns an admin client that finds every topic. */
    private static Admin admin() {
        Admin admin = mock(Admin.class);
        DescribeTopicsResult found = mock(DescribeTopicsResult.class);
        when(found.allTopicNames()).thenReturn(KafkaFuture.completedFuture(Map.of()));
        when(admin.describeTopics(anyCollection())).thenReturn(found);
        return admin;
    }
}
