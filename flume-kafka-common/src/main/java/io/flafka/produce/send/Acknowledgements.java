// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce.send;

import io.flafka.lifecycle.DeferredInterrupt;
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
 * <p>The producer's {@code delivery.timeout.ms} bounds every answer. One that is still missing some time after that never comes; nor does one, for now, from
 * brokers that refuse the producer's login.
 */
final class Acknowledgements implements AutoCloseable {

    private final AnswerTimeout timeout;
    private final DeferredInterrupt interrupt = new DeferredInterrupt();
    private @Nullable Long graceEndNanos;
    private @Nullable RuntimeException over;

    /**
     * Begins to wait.
     *
     * @param timeout for all answers together
     */
    Acknowledgements(AnswerTimeout timeout) {
        this.timeout = timeout;
    }

    /** The failure of one acknowledgement, or nothing if it succeeded. */
    Optional<Throwable> awaitFailure(Future<RecordMetadata> acknowledgement) {
        while (true) {
            try {
                get(acknowledgement);
                return Optional.empty();
            } catch (InterruptedException stopping) {
                interrupt.onInterrupt();
                graceEndNanos = System.nanoTime() + DeferredInterrupt.GRACE.toNanos();
            } catch (ExecutionException failed) {
                return Optional.of(failed.getCause() == null ? failed : failed.getCause());
            } catch (TimeoutException stillInFlight) {
                over = timeOut();
                if (over != null) {
                    return Optional.of(over);
                }
            }
        }
    }

    /** Once it is over, only what is there already counts. */
    private void get(Future<RecordMetadata> acknowledgement)
            throws InterruptedException, ExecutionException, TimeoutException {
        long left = Math.min(timeout.nanosLeft(), AnswerTimeout.LOOK.toNanos());
        if (graceEndNanos != null) {
            left = Math.min(left, graceEndNanos - System.nanoTime());
        }
        acknowledgement.get(over == null ? Math.max(0, left) : 0, TimeUnit.NANOSECONDS);
    }

    /** Why nothing is waited for any longer, or null if it is. */
    private @Nullable RuntimeException timeOut() {
        if (over != null) {
            return over;
        }
        if (graceEndNanos != null && System.nanoTime() >= graceEndNanos) {
            return new org.apache.kafka.common.errors.TimeoutException(
                    "the agent is stopping, and has waited " + DeferredInterrupt.GRACE.toSeconds() + " s for it");
        }
        return timeout.isOver() ? timeout.reason() : null;
    }

    @Override
    public void close() {
        interrupt.close();
    }
}
