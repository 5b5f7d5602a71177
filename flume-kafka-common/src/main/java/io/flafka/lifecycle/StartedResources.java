// SPDX-License-Identifier: Apache-2.0
package io.flafka.lifecycle;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * What the start of a component has opened so far. It is closed, newest first, if the start does not reach {@link #keep}; then it belongs to the run.
 *
 * <p>For one thread at a time.
 */
public final class StartedResources implements AutoCloseable {

    private final Deque<Runnable> ends = new ArrayDeque<>();

    /**
     * One more.
     *
     * @param end closes it
     */
    public <T> T add(T part, Consumer<? super T> end) {
        ends.push(() -> end.accept(part));
        return part;
    }

    /** The start has succeeded: who gets this closes all of them, and closing the one that they were in does nothing any more. */
    public StartedResources keep() {
        StartedResources kept = new StartedResources();
        kept.ends.addAll(ends);
        ends.clear();
        return kept;
    }

    /** All, whatever becomes of one. */
    @Override
    public void close() {
        RuntimeException first = null;
        while (!ends.isEmpty()) {
            try {
                ends.pop().run();
            } catch (RuntimeException failed) {
                // Among them are classes of the operator's own, which may throw anything; the rest must not stay open
                // for that.
                if (first == null) {
                    first = failed;
                } else {
                    first.addSuppressed(failed);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
