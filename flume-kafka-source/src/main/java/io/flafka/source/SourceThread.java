// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import io.flafka.lifecycle.InterruptRelay;
import io.flafka.lifecycle.WorkStage;
import io.flafka.lifecycle.WorkThread;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.flume.FlumeException;
import org.apache.flume.PollableSource.Status;
import org.apache.flume.channel.ChannelProcessor;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;

/**
 * A run of a source on a thread of its own, while Flume's waits: the interrupt by which Flume stops a source ends a poll, and does not reach a channel
 * unless that does not let go of a batch for seconds.
 *
 * <p>For one thread at a time.
 *
 * @param run what is done there
 * @param thread where
 */
record SourceThread(SourceRun run, WorkThread thread) implements AutoCloseable {

    /** To wake the other thread twice costs as much as some twenty events, so small batches do not do it each. */
    private static final Duration TURN = Duration.ofMillis(10);

    /** One batch, and for a short time those that are there already. {@code BACKOFF} if something holds the flow up. */
    Status process(ChannelProcessor channels) {
        ShieldedChannels shielded = new ShieldedChannels(channels, thread);
        try (InterruptRelay wait = new InterruptRelay(List.of(thread))) {
            return wait.await(CompletableFuture.supplyAsync(() -> batches(shielded), thread));
        } catch (ExecutionException failed) {
            Throwable cause = failed.getCause();
            if (cause instanceof RuntimeException unexpected) {
                throw unexpected;
            }
            if (cause instanceof Error error) {
                throw error;
            }
            throw new FlumeException("A batch has failed", cause);
        }
    }

    private Status batches(ChannelProcessor channels) {
        long end = System.nanoTime() + TURN.toNanos();
        boolean mayBeOld = run.isInTrouble();
        while (true) {
            thread.enter(WorkStage.IDLE);
            Status status;
            try {
                status = run.process(channels);
            } catch (WakeupException | InterruptException stopping) {
                return Status.BACKOFF;
            } catch (KafkaException trouble) {
                status = run.troubled(trouble);
                if (mayBeOld) {
                    // It has waited in Kafka's client as long as Flume's pause: what was wrong then may have been
                    // mended.
                    mayBeOld = false;
                    continue;
                }
            }
            if (status == Status.BACKOFF || thread.isStopping() || System.nanoTime() >= end) {
                return status;
            }
        }
    }

    @Override
    public void close() {
        try (run) {
            thread.close();
        }
    }
}
