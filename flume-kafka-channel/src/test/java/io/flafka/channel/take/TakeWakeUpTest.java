// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.take;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What wakes a waiting take. Read-only calls must not, so that an idle sink sleeps while its reader polls. */
class TakeWakeUpTest {

    private static final TopicPartition PARTITION = new TopicPartition("t", 0);
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final TakeBuffer buffer = new TakeBuffer(TakeOrdering.PARTITION, new ReadAheadLimits(1_000, 1L << 20));
    private final AssignedQueues reader = new AssignedQueues("c1", buffer, () -> {});
    private final OpenTake holder = new OpenTake();

    /** Uses the buffer in one way. */
    interface Use {
        void of(TakeWakeUpTest test);
    }

    static Stream<Named<Use>> changes() {
        return Stream.of(
                Named.of("records", test -> test.reader.add(ReadRecords.of(PARTITION, 2, 1))),
                Named.of("a commit", test -> test.buffer.complete(test.holder)),
                Named.of("a rollback", test -> test.buffer.rollBack(test.holder)),
                Named.of(
                        "a transaction that leaves a stopped partition", test -> test.buffer.leaveStopped(test.holder)),
                Named.of("an outage", test -> test.reader.reportOutage("denied")),
                Named.of("the end of the reader", test -> test.reader.stop("stopped")));
    }

    static Stream<Named<Use>> readOnlyCalls() {
        return Stream.of(
                Named.of("a poll without records", test -> test.reader.add(ConsumerRecords.empty())),
                Named.of("the search for full partitions", test -> test.reader.partitionsToPause()),
                Named.of("the search for requested commits", test -> test.reader.isCommitRequested()),
                Named.of("an offset commit", test -> test.reader.onCommitted(test.reader.offsetsToCommit())),
                Named.of("the channel's size", test -> UnfinishedRecords.of(test.reader)));
    }

    @BeforeEach
    void holdThePartitionAndWait() throws InterruptedException {
        reader.add(ReadRecords.of(PARTITION, 0, 2));
        assertThat(buffer.refill(holder, Duration.ZERO)).isTrue();
        assertThat(startAndWait(this::refill)).isNotDone();
    }

    @AfterEach
    void endTheWait() {
        reader.stop("stopped");
    }

    @ParameterizedTest
    @MethodSource("changes")
    void aChangeThatCanEndAWaitWakesTheTake(Use change) {
        assertThat(isWokenBy(change)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("readOnlyCalls")
    void aReadOnlyCallDoesNotWakeTheTake(Use readOnly) {
        assertThat(isWokenBy(readOnly)).isFalse();
    }

    @Test
    void theEndOfTheTransactionThatHoldsThePartitionWakesTheRevocation() {
        CompletableFuture<Boolean> drained = startAndWait(() -> reader.drain(List.of(PARTITION), PATIENCE));

        buffer.rollBack(holder);

        assertThat(drained).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(true);
    }

    /** A signalled thread queues for the lock, which this thread holds. */
    private boolean isWokenBy(Use use) {
        buffer.lock.lock();
        try {
            use.of(this);
            return buffer.lock.hasQueuedThreads();
        } finally {
            buffer.lock.unlock();
        }
    }

    /** Starts a call on another thread. Returns once that thread waits for a change, or the call has ended. */
    private static CompletableFuture<Boolean> startAndWait(Supplier<Boolean> call) {
        AtomicReference<Thread> thread = new AtomicReference<>();
        CompletableFuture<Boolean> result = CompletableFuture.supplyAsync(() -> {
            thread.set(Thread.currentThread());
            return call.get();
        });
        await().until(() ->
                result.isDone() || (thread.get() != null && thread.get().getState() == Thread.State.TIMED_WAITING));
        return result;
    }

    private boolean refill() {
        try {
            return buffer.refill(new OpenTake(), PATIENCE);
        } catch (InterruptedException stopping) {
            throw new IllegalStateException(stopping);
        }
    }
}
