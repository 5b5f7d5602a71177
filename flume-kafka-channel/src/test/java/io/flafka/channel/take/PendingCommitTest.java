// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.take;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flafka.channel.metrics.ChannelMetrics;
import io.flafka.testing.LogLines;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The wait for an offset commit: of all readers, with an interrupt, and without an answer. */
class PendingCommitTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofMillis(20);

    private final TakeBuffer buffer = new TakeBuffer(TakeOrdering.PARTITION, new ReadAheadLimits(1_000, 1L << 20));
    private final ChannelMetrics metrics = new ChannelMetrics("c1");
    private final LogLines log = new LogLines(CommitTimeoutReport.class);

    @AfterEach
    void stop() {
        log.close();
    }

    @Test
    void anInterruptedThreadWaitsForTheAnswerAndKeepsItsInterrupt() {
        PendingCommit commit = new PendingCommit();
        AtomicReference<Thread> waiting = new AtomicReference<>();
        CompletableFuture<List<Object>> answer = CompletableFuture.supplyAsync(() -> {
            Thread.currentThread().interrupt();
            waiting.set(Thread.currentThread());
            return List.of(commit.await(PATIENCE), Thread.interrupted());
        });
        await().until(() ->
                answer.isDone() || (waiting.get() != null && waiting.get().getState() == Thread.State.TIMED_WAITING));

        commit.confirm();

        assertThat(answer).succeedsWithin(PATIENCE).isEqualTo(List.of(PendingCommit.Answer.CONFIRMED, true));
    }

    @Test
    void returnsWhetherKafkaHasTheOffsets() {
        PendingCommit taken = new PendingCommit();
        PendingCommit refused = new PendingCommit();
        taken.confirm();
        refused.refuse();

        assertThat(taken.await(PATIENCE)).isEqualTo(PendingCommit.Answer.CONFIRMED);
        assertThat(refused.await(PATIENCE)).isEqualTo(PendingCommit.Answer.REFUSED);
        assertThat(new PendingCommit().await(SHORT)).isEqualTo(PendingCommit.Answer.NONE);
    }

    @Test
    void aTransactionWaitsForEveryReader() {
        for (int silent = 0; silent < 2; silent++) {
            List<AssignedQueues> readers = List.of(answering(), answering());
            List<AssignedQueues> all = new ArrayList<>(readers);
            all.set(silent, new AssignedQueues("c1", buffer, () -> {}));

            confirmation().await(new LinkedHashSet<>(all));

            assertThat(metrics.group().number("OffsetCommitFailCount")).isEqualTo(silent + 1);
        }
    }

    @Test
    void reportsMissingAnswersOncePerOutage() {
        AssignedQueues silent = new AssignedQueues("c1", buffer, () -> {});
        CommitWait confirmation = confirmation();

        confirmation.await(Set.of(silent));
        confirmation.await(Set.of(silent));
        confirmation.await(Set.of(answering()));
        confirmation.await(Set.of(answering()));

        assertThat(metrics.group().number("OffsetCommitFailCount")).isEqualTo(2);
        assertThat(log.lines())
                .containsExactly(
                        "WARN KafkaChannel c1: Kafka has not confirmed the offsets of delivered events within 0 s; retrying the offset commit."
                                + " Sinks do not get these events again, unless the agent restarts or the group rebalances before the commit"
                                + " succeeds",
                        "INFO KafkaChannel c1: Kafka answers offset commits again");
    }

    @Test
    void aTransactionWithoutOffsetsReportsNothing() {
        CommitWait confirmation = confirmation();
        confirmation.await(Set.of(new AssignedQueues("c1", buffer, () -> {})));

        confirmation.await(Set.of());

        assertThat(log.lines()).hasSize(1);
    }

    private CommitWait confirmation() {
        return new CommitWait.EachTransaction(SHORT, new CommitTimeoutReport("c1", metrics));
    }

    /** A reader that commits as soon as it is woken. */
    private AssignedQueues answering() {
        AtomicReference<AssignedQueues> own = new AtomicReference<>();
        AssignedQueues reader = new AssignedQueues(
                "c1",
                buffer,
                () -> Objects.requireNonNull(own.get()).beginRequestedCommit().ifPresent(PendingCommit::confirm));
        own.set(reader);
        return reader;
    }
}
