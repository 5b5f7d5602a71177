// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import io.flafka.lifecycle.InterruptRelay;
import io.flafka.lifecycle.WorkStage;
import io.flafka.lifecycle.WorkThread;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.flume.Event;
import org.apache.flume.FlumeException;
import org.apache.flume.PollableSource.Status;
import org.apache.flume.channel.ChannelProcessor;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;

/**
 * Runs a source on its own thread while Flume's thread waits. Flume stops a source with an interrupt. The interrupt ends a poll, but does not reach a
 * channel, whose file on disk it would close, unless the channel keeps a batch for seconds.
 *
 * <p>Called by one thread at a time.
 *
 * @param run the run of the source
 * @param thread the source's own thread
 */
record SourceThread(SourceRun run, WorkThread thread) implements AutoCloseable {

    /** Handing a call to the other thread costs as much as about twenty events, so small batches share one call. */
    private static final Duration CALL_TIME = Duration.ofMillis(10);

    /** Marks the time in which the thread must not be interrupted: while the channels have a batch. */
    private static final class ShieldedChannels extends ChannelProcessor {

        private final ChannelProcessor channels;
        private final WorkThread thread;

        ShieldedChannels(ChannelProcessor channels, WorkThread thread) {
            super(channels.getSelector());
            this.channels = channels;
            this.thread = thread;
        }

        @Override
        public void processEventBatch(List<Event> events) {
            thread.enter(WorkStage.MOVING_EVENTS);
            try {
                channels.processEventBatch(events);
            } finally {
                thread.enter(WorkStage.IDLE);
            }
        }
    }

    /** Processes one batch, then for a short time further batches. Returns {@code BACKOFF} if the source is stalled. */
    Status process(ChannelProcessor channels) {
        ShieldedChannels shielded = new ShieldedChannels(channels, thread);
        try (InterruptRelay wait = new InterruptRelay(List.of(thread))) {
            return wait.await(CompletableFuture.supplyAsync(() -> processBatches(shielded), thread));
        } catch (ExecutionException failed) {
            Throwable cause = failed.getCause();
            if (cause instanceof RuntimeException unexpected) {
                throw unexpected;
            }
            if (cause instanceof Error error) {
                throw error;
            }
            throw new FlumeException("A batch failed", cause);
        }
    }

    private Status processBatches(ChannelProcessor channels) {
        long end = System.nanoTime() + CALL_TIME.toNanos();
        boolean mayBeStale = run.isKafkaFailing();
        while (true) {
            thread.enter(WorkStage.IDLE);
            Status status;
            try {
                status = run.process(channels);
            } catch (WakeupException | InterruptException stopping) {
                return Status.BACKOFF;
            } catch (KafkaException failure) {
                status = run.onKafkaFailure(failure);
                if (mayBeStale) {
                    // Kafka's client may have kept this failure during Flume's pause, and its cause may be fixed by
                    // now.
                    mayBeStale = false;
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
