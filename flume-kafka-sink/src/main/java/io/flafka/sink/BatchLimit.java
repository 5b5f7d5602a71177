// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

/**
 * How many events the next batch may take. After a failure it ends before the event that failed, so that what was good before it is delivered; then that
 * event is a batch of its own until it succeeds, so that nothing behind it is written with each attempt.
 *
 * <p>For one thread.
 */
final class BatchLimit {

    private static final int NO_SUSPECT = -1;

    private final int batchSize;
    private int beforeSuspect = NO_SUSPECT;

    BatchLimit(int batchSize) {
        this.batchSize = batchSize;
    }

    int next() {
        return isCautious() ? Math.max(1, beforeSuspect) : batchSize;
    }

    /** Whether one event is under suspicion: then no batch may be in flight behind another. */
    boolean isCautious() {
        return beforeSuspect != NO_SUSPECT;
    }

    /** Whether a batch of so many events is a full one, by the agent file. */
    boolean isReachedBy(int events) {
        return events >= batchSize;
    }

    /** So many events were delivered. */
    void delivered(int count) {
        if (isCautious()) {
            beforeSuspect = Math.max(NO_SUSPECT, beforeSuspect - count);
        }
    }

    /** An event failed that had so many before it. */
    void failed(int before) {
        beforeSuspect = before;
    }
}
