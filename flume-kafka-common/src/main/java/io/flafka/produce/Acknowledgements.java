// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Waits for the acknowledgements of one transaction's records, all of them, whatever becomes of the first.
 *
 * <p>Used by one thread. Flume stops a component by an interrupt; a thread that gave up at once would leave records in Kafka that are sent again
 * after the restart. So an interrupted thread still waits, a bounded time, and closing this gives it its interrupt back.
 *
 * <p>The producer's {@code delivery.timeout.ms} bounds every answer. One that is still missing some time after that never comes.
 */
final class Acknowledgements implements AutoCloseable {

    private static final Duration GRACE_AFTER_INTERRUPT = Duration.ofSeconds(5);

    private final Duration patience;
    private final long deadlineNanos;
    private @Nullable Long graceEndNanos;

    /**
     * Begins to wait.
     *
     * @param patience for all answers together, from now on
     */
    Acknowledgements(Duration patience) {
        this.patience = patience;
        this.deadlineNanos = System.nanoTime() + patience.toNanos();
    }

    /** The failure of one acknowledgement, or nothing if it succeeded. */
    Optional<Throwable> awaitFailure(Future<RecordMetadata> acknowledgement) {
        while (true) {
            try {
                get(acknowledgement);
                return Optional.empty();
            } catch (InterruptedException interrupt) {
                graceEndNanos = System.nanoTime() + GRACE_AFTER_INTERRUPT.toNanos();
            } catch (ExecutionException failed) {
                return Optional.of(failed.getCause() == null ? failed : failed.getCause());
            } catch (TimeoutException stillInFlight) {
                return Optional.of(timeOut());
            }
        }
    }

    private void get(Future<RecordMetadata> acknowledgement)
            throws InterruptedException, ExecutionException, TimeoutException {
        long end = graceEndNanos == null ? deadlineNanos : Math.min(deadlineNanos, graceEndNanos);
        acknowledgement.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
    }

    private Throwable timeOut() {
        return graceEndNanos == null
                ? new SilentProducerException(patience)
                : new org.apache.kafka.common.errors.TimeoutException(
                        "the agent is stopping, and has waited " + GRACE_AFTER_INTERRUPT.toSeconds() + " s for it");
    }

    @Override
    public void close() {
        if (graceEndNanos != null) {
            Thread.currentThread().interrupt();
        }
    }
}
