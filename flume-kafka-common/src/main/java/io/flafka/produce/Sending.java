// SPDX-License-Identifier: Apache-2.0
package io.flafka.produce;

import java.time.Duration;
import org.apache.kafka.clients.producer.Producer;

/**
 * How records are sent with one producer.
 *
 * @param producer sends them
 * @param departure sees to it that they leave when all are there
 * @param patience how long an answer is waited for: longer than the producer promises, as what comes after is worse than waiting
 * @param caution what is sent alone
 * @param reason says why a record was not taken
 * @param onSilence what to do if the producer does not answer at all
 */
record Sending(
        Producer<String, byte[]> producer,
        Departure departure,
        Duration patience,
        Caution caution,
        RefusalReason reason,
        Runnable onSilence) {

    private static final Duration AT_LEAST = Duration.ofSeconds(1);

    /** The patience with a producer that promises an answer in that time: a quarter more, as its thread may have been held up. */
    static Duration patience(Duration deliveryTimeout) {
        return deliveryTimeout.plus(deliveryTimeout.dividedBy(4)).plus(AT_LEAST);
    }

    /** When records leave that are all there. */
    @FunctionalInterface
    interface Departure {

        /** By themselves: after {@code linger.ms} at the latest. A flush would make one batch wait for all others. */
        Departure BY_ITSELF = (producer, atMost) -> {};

        /** At once, and this is when they are answered. */
        Departure AT_ONCE = BoundedFlush::of;

        /** All records are sent; blocks at most that long. */
        void now(Producer<String, byte[]> producer, Duration atMost);
    }
}
