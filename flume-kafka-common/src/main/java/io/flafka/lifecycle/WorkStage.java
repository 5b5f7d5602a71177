// SPDX-License-Identifier: Apache-2.0
package io.flafka.lifecycle;

import java.time.Duration;

/** What a {@link WorkThread} is doing, and how long a stop waits for the end of it before the thread is interrupted. */
public enum WorkStage {
    /** Waits for the first event; nothing has begun that could be repeated. The bound lets a call end that only reads a disk. */
    IDLE(Duration.ofMillis(100), false),
    /** Moves events into or out of a Flume channel. Longer than the 3 s for which Flume's channels wait for room or for an event. */
    FLOWING(Duration.ofSeconds(4), true),
    /** Waits for Kafka's answers to what was sent, which an interrupt bounds. */
    ANSWERS(Duration.ofSeconds(2), false),
    /** Begins or ends a transaction of the channel. Longer than the 30 s for which a Kafka channel waits for its offsets. */
    TRANSACTION(Duration.ofSeconds(35), true);

    private final Duration undisturbed;
    private final boolean harmful;

    WorkStage(Duration undisturbed, boolean harmful) {
        this.undisturbed = undisturbed;
        this.harmful = harmful;
    }

    Duration undisturbed() {
        return undisturbed;
    }

    /** Whether an interrupt may damage what the channel is doing, so that it must be told. */
    boolean isHarmful() {
        return harmful;
    }
}
