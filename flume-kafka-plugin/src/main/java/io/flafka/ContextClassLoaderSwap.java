// SPDX-License-Identifier: Apache-2.0
package io.flafka;

import org.jspecify.annotations.Nullable;

/**
 * Makes a class loader the calling thread's context class loader until closed, then puts back the one before.
 *
 * <p>Kafka, JAAS and service loading ask the thread for its context class loader, and Flume's threads carry the application's.
 * Opened and closed by the same thread, in a try-with-resources. Two field writes, and an object that never leaves its frame,
 * so that compiled code does not allocate it: cheap enough for every event.
 */
record ContextClassLoaderSwap(Thread thread, @Nullable ClassLoader before) implements AutoCloseable {

    static ContextClassLoaderSwap to(@Nullable ClassLoader loader) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        return new ContextClassLoaderSwap(thread, before);
    }

    @Override
    public void close() {
        thread.setContextClassLoader(before);
    }
}
