// SPDX-License-Identifier: Apache-2.0
package io.flafka;

import org.jspecify.annotations.Nullable;

/**
 * Sets the context class loader of the calling thread, and restores the previous one when closed.
 *
 * <p>Kafka, JAAS and service loading ask the thread for its context class loader, and Flume's threads have the application's.
 *
 * <p>For use in a try-with-resources statement, in one thread. It is cheap enough for every event: two field writes, and an object that never leaves
 * its stack frame, so that compiled code does not allocate it.
 */
record ContextClassLoaderSwap(Thread thread, @Nullable ClassLoader previous) implements AutoCloseable {

    static ContextClassLoaderSwap to(@Nullable ClassLoader loader) {
        Thread thread = Thread.currentThread();
        ClassLoader previous = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        return new ContextClassLoaderSwap(thread, previous);
    }

    @Override
    public void close() {
        thread.setContextClassLoader(previous);
    }
}
