// SPDX-License-Identifier: Apache-2.0
package io.flafka.channel.read;

import java.time.Duration;

/** How long a reader waits for records. */
final class PollTimeout {

    /** Not longer, because what sinks request during a rebalance cannot wake the reader. */
    private static final Duration BUSY = Duration.ofMillis(200);

    /** Longer, because each poll costs CPU time. Until there are records, sinks request nothing, and the stop wakes the reader. */
    private static final Duration IDLE = Duration.ofSeconds(1);

    private PollTimeout() {}

    /** Returns the timeout of the next poll, which ends no later than the next commit is due. */
    static Duration of(CommitSchedule commits, ReaderOutage outage) {
        if (commits.isIdle() && !outage.isOn()) {
            return IDLE;
        }
        Duration untilDue = commits.untilDue();
        return untilDue.compareTo(BUSY) < 0 ? untilDue : BUSY;
    }
}
