// SPDX-License-Identifier: Apache-2.0
package io.flafka.lifecycle;

import java.time.Duration;

/** What a {@link WorkThread} is doing. The stage decides how long a stop waits before it interrupts the thread. */
public enum WorkStage {
    /**
     * Waits for the first event or record of a batch. An interrupt loses nothing, because nothing has begun. The short time lets a call finish that
     * only reads a disk.
     */
    IDLE(Duration.ofMillis(100), false),
    /**
     * Puts events into a Flume channel, or takes them and sends them to Kafka. Flume's channels wait up to 3 s for free capacity or for an event;
     * this is longer.
     */
    MOVING_EVENTS(Duration.ofSeconds(4), true),
    /** Waits for Kafka to acknowledge the records of a batch. After an interrupt that wait is bounded. */
    AWAITING_ACKNOWLEDGEMENTS(Duration.ofSeconds(2), false),
    /** Begins, commits or rolls back a channel transaction. A Kafka channel waits up to 30 s for its offset commit; this is longer. */
    TRANSACTION(Duration.ofSeconds(35), true);

    private final Duration timeToFinish;
    private final boolean interruptHarmful;

    WorkStage(Duration timeToFinish, boolean interruptHarmful) {
        this.timeToFinish = timeToFinish;
        this.interruptHarmful = interruptHarmful;
    }

    /** Returns how long the thread may stay in this stage after a stop request before it is interrupted. */
    Duration timeToFinish() {
        return timeToFinish;
    }

    /** Returns whether an interrupt in this stage may make the channel deliver events again, so that it must be logged. */
    boolean isInterruptHarmful() {
        return interruptHarmful;
    }
}
