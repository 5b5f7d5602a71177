// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture.pipeline;

import io.flafka.testing.torture.check.BodyKind;
import io.flafka.testing.torture.check.Excuse;
import io.flafka.testing.torture.check.Fate;
import io.flafka.testing.torture.check.KeyOrder;
import io.flafka.testing.torture.check.Promise;
import java.time.Duration;
import java.util.stream.Stream;

/** What docs/guarantees.md promises for a pipeline, as the checker understands it. */
public final class Promises {
    /** A dead or frozen member is removed after 10 s; then others read again what it had. */
    private static final Duration TAKEN_OVER = Duration.ofSeconds(60);

    private static final Duration LONGEST_STALL = Duration.ofSeconds(30);
    private static final Duration SETTLING = Duration.ofSeconds(90);

    private Promises() {}

    /** Returns the promise of a pipeline with these settings. */
    public static Promise of(Pipeline pipeline, Settings settings) {
        Promise promise = (pipeline.exactlyOnce() ? Promise.exactlyOnce() : Promise.atLeastOnce())
                .inOrder(pipeline.keepsOrder(settings) ? KeyOrder.PARTITION : KeyOrder.NONE)
                .stallingAtMost(LONGEST_STALL, SETTLING)
                .duplicatesAfter(repeating());
        if (pipeline.refuses(settings)) {
            promise = promise.ending(BodyKind.POISON, Fate.DEAD_LETTER).ending(BodyKind.HUGE, Fate.DEAD_LETTER);
        }
        return pipeline.recreatedTopic().isEmpty()
                ? promise
                : promise.lossesAfter(Excuse.of("recreate-topic", TAKEN_OVER.multipliedBy(2)));
    }

    /**
     * Returns the faults that can repeat events: those that end a process, or cut it off from its group for longer than
     * the group waits, or keep Kafka from accepting offsets. A stop, a rebalance, a reset connection, a delay, another
     * leader, a new partition and the death of one broker repeat nothing. If the cluster of a failover group's sink is
     * gone, the other sink writes again what that one may have written.
     */
    private static Excuse[] repeating() {
        return Stream.of(
                        "kill-agent",
                        "freeze-agent",
                        "cut-agent",
                        "cut-link",
                        "freeze-broker",
                        "freeze-coordinator",
                        "freeze-all-brokers",
                        "deny-write",
                        "deny-read",
                        "deny-group",
                        "change-password",
                        "kill-target",
                        "stop-target",
                        "freeze-target",
                        "cut-target",
                        "full-disk",
                        "slow-interceptor")
                .map(fault -> Excuse.of(fault, TAKEN_OVER))
                .toArray(Excuse[]::new);
    }
}
