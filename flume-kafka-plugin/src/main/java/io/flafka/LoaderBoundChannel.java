// SPDX-License-Identifier: Apache-2.0
package io.flafka;

import org.apache.flume.Channel;
import org.apache.flume.Event;
import org.apache.flume.Transaction;
import org.apache.flume.lifecycle.LifecycleState;

/**
 * A channel whose every call runs with one context class loader: our channel with the isolated one when the agent calls it, and
 * the agent's channel with the agent's when our sink calls it. As thread-safe as the channel behind it.
 */
@SuppressWarnings("try") // The resources are not used but held: see ContextClassLoaderSwap.
class LoaderBoundChannel implements Channel {

    private final Channel channel;
    private final ClassLoader loader;

    LoaderBoundChannel(Channel channel, ClassLoader loader) {
        this.channel = channel;
        this.loader = loader;
    }

    /** The channel behind this one. */
    final Channel channel() {
        return channel;
    }

    final ContextClassLoaderSwap swap() {
        return ContextClassLoaderSwap.to(loader);
    }

    @Override
    public void put(Event event) {
        try (ContextClassLoaderSwap swap = swap()) {
            channel.put(event);
        }
    }

    @Override
    public Event take() {
        try (ContextClassLoaderSwap swap = swap()) {
            return channel.take();
        }
    }

    @Override
    public Transaction getTransaction() {
        try (ContextClassLoaderSwap swap = swap()) {
            return new LoaderBoundTransaction(channel.getTransaction(), loader);
        }
    }

    @Override
    public void start() {
        try (ContextClassLoaderSwap swap = swap()) {
            channel.start();
        }
    }

    @Override
    public void stop() {
        try (ContextClassLoaderSwap swap = swap()) {
            channel.stop();
        }
    }

    @Override
    public LifecycleState getLifecycleState() {
        return channel.getLifecycleState();
    }

    @Override
    public void setName(String name) {
        channel.setName(name);
    }

    @Override
    public String getName() {
        return channel.getName();
    }

    @Override
    public String toString() {
        return channel.toString();
    }
}
