// SPDX-License-Identifier: Apache-2.0
package io.flafka.lifecycle;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * The resources that a component has opened so far while it starts. Used with try-with-resources: if the start fails, all of them are closed, newest
 * first. If it succeeds, {@link #handOver} passes them to the object that closes them at the stop.
 *
 * <p>For one thread at a time.
 */
public final class StartedResources implements AutoCloseable {

    private final Deque<Runnable> closers = new ArrayDeque<>();

    /**
     * Adds a resource that is open.
     *
     * @param closer closes the resource
     * @return the resource
     */
    public <T> T add(T resource, Consumer<? super T> closer) {
        closers.push(() -> closer.accept(resource));
        return resource;
    }

    /** Moves all resources to a new owner, because the start has succeeded. Afterwards, closing this object closes nothing. */
    public StartedResources handOver() {
        StartedResources owner = new StartedResources();
        owner.closers.addAll(closers);
        closers.clear();
        return owner;
    }

    /** Closes all resources, also if closing one of them fails. Throws the first failure; the others are suppressed in it. */
    @Override
    public void close() {
        RuntimeException first = null;
        while (!closers.isEmpty()) {
            try {
                closers.pop().run();
            } catch (RuntimeException failed) {
                // Some resources are the operator's own classes, which may throw anything. The others must still be
                // closed.
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
