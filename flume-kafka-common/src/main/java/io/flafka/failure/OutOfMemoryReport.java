// SPDX-License-Identifier: Apache-2.0
package io.flafka.failure;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;

/**
 * Logs that the agent is out of memory. Otherwise the error stops Flume's thread, and only standard error shows it: the agent stays up, and its log
 * has nothing. Stateless.
 */
public final class OutOfMemoryReport {

    private static final int ATTEMPTS = 30;
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private OutOfMemoryReport() {}

    /**
     * Returns what happened and what to do.
     *
     * @param component the component's kind and name
     * @param consequence what happens to the component, as a sentence without its full stop
     */
    public static String message(String component, String consequence, OutOfMemoryError error) {
        return component + ": out of memory (" + error.getMessage() + "): " + consequence + ". The agent's heap is "
                + (Runtime.getRuntime().maxMemory() >> 20)
                + " MB. Raise it in conf/flume-env.sh, for example with JAVA_OPTS=\"-Xmx256m\", or lower the capacity of the agent's memory channels;"
                + " then restart the agent";
    }

    /** Logs {@link #message} as ERROR. If there is no memory for that either, retries each second, for 30 s or until an interrupt. */
    public static void log(Logger log, String component, String consequence, OutOfMemoryError error) {
        log(log, component, consequence, error, PAUSE);
    }

    static void log(Logger log, String component, String consequence, OutOfMemoryError error, Duration pause) {
        int left = ATTEMPTS;
        while (left > 0) {
            try {
                log.error(message(component, consequence, error));
                return;
            } catch (OutOfMemoryError noMemoryToLog) {
                LockSupport.parkNanos(pause.toNanos());
                left = Thread.currentThread().isInterrupted() ? 0 : left - 1;
            }
        }
    }
}
