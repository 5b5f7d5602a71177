// SPDX-License-Identifier: Apache-2.0
package io.flafka.testing.torture;

import io.flafka.testing.torture.fault.Nemesis;
import io.flafka.testing.torture.load.Load;
import io.flafka.testing.torture.output.OutputWatch;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Says every ten seconds how far a run is. For one thread. */
final class Progress {
    private static final Duration INTERVAL = Duration.ofSeconds(10);

    private final CountDownLatch ended = new CountDownLatch(1);

    Progress(Console console, String name, Load load, OutputWatch watch, Nemesis nemesis) {
        Thread thread = new Thread(
                () -> {
                    while (!ended()) {
                        console.say("%s: %d faults (now: %s); %d sent, %d acknowledged, %d delivered"
                                .formatted(
                                        name,
                                        nemesis.count(),
                                        nemesis.active(),
                                        load.sent(),
                                        load.acknowledgedCount(),
                                        watch.delivered()));
                    }
                },
                "progress");
        thread.setDaemon(true);
        thread.start();
    }

    private boolean ended() {
        try {
            return ended.await(INTERVAL.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Says nothing more. */
    void end() {
        ended.countDown();
    }
}
