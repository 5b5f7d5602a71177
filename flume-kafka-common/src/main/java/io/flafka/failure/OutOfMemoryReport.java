// SPDX-License-Identifier: Apache-2.0
package io.flafka.failure;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;

/**
 * Says that the agent is out of memory. Flume's own threads end with an error, and the JVM then tells standard error only; the agent lives on, and its log has
 * nothing. Stateless.
 */
public final class OutOfMemoryReport {

    private static final int ATTEMPTS = 30;
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private OutOfMemoryReport() {}

    /**
     * What happened, and what to do.
     *
     * @param component its kind and name
     * @param consequence for the component, as a sentence without its full stop
     */
    public static String message(String component, String consequence, OutOfMemoryError error) {
        return component + ": out of memory (" + error.getMessage() + "): " + consequence + ". The agent has "
                + (Runtime.getRuntime().maxMemory() >> 20)
                + " MB: give it more with JAVA_OPTS=\"-Xmx256m\", for example, in conf/flume-env.sh, and restart it, or lower the capacity of its memory channels";
    }

    /** Logs it as an error. There may be no memory for that either: then again each second, for half a minute, or until an interrupt. */
    public static void log(Logger log, String component, String consequence, OutOfMemoryError error) {
        log(log, component, consequence, error, PAUSE);
    }

    static void log(Logger log, String component, String consequence, OutOfMemoryError error, Duration pause) {
        int left = ATTEMPTS;
        while (left > 0) {
            try {
                log.error(message(component, consequence, error));
                return;
            } catch (OutOfMemoryError noMemoryForThatEither) {
                LockSupport.parkNanos(pause.toNanos());
                left = Thread.currentThread().isInterrupted() ? 0 : left - 1;
            }
        }
    }
}
