// SPDX-License-Identifier: Apache-2.0
package io.flafka;

import org.apache.flume.Channel;
import org.apache.flume.Event;
import org.apache.flume.Transaction;
import org.apache.flume.conf.TransactionCapacitySupported;
import org.apache.flume.lifecycle.LifecycleState;

/**
 * Passes all calls to a channel, with a fixed context class loader. The agent calls our channel with the isolated loader; our sink calls the agent's
 * channel with the agent's loader. It is as thread-safe as that channel.
 */
@SuppressWarnings("try") // The resources are only opened and closed: see ContextClassLoaderSwap.
class LoaderBoundChannel implements Channel {

    private final Channel channel;
    private final ClassLoader loader;

    LoaderBoundChannel(Channel channel, ClassLoader loader) {
        this.channel = channel;
        this.loader = loader;
    }

    /** Returns a channel that says how large its transactions may be, if the given one does. */
    static LoaderBoundChannel of(Channel channel, ClassLoader loader) {
        return channel instanceof TransactionCapacitySupported
                ? new Limited(channel, loader)
                : new LoaderBoundChannel(channel, loader);
    }

    /** Returns the channel that gets the calls. */
    final Channel channel() {
        return channel;
    }

    final ContextClassLoaderSwap swapLoader() {
        return ContextClassLoaderSwap.to(loader);
    }

    @Override
    public void put(Event event) {
        try (ContextClassLoaderSwap swap = swapLoader()) {
            channel.put(event);
        }
    }

    @Override
    public Event take() {
        try (ContextClassLoaderSwap swap = swapLoader()) {
            return channel.take();
        }
    }

    @Override
    public Transaction getTransaction() {
        try (ContextClassLoaderSwap swap = swapLoader()) {
            return new LoaderBoundTransaction(channel.getTransaction(), loader);
        }
    }

    @Override
    public void start() {
        try (ContextClassLoaderSwap swap = swapLoader()) {
            channel.start();
        }
    }

    @Override
    public void stop() {
        try (ContextClassLoaderSwap swap = swapLoader()) {
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

    /** A channel that says how large its transactions may be. */
    private static final class Limited extends LoaderBoundChannel implements TransactionCapacitySupported {

        private Limited(Channel channel, ClassLoader loader) {
            super(channel, loader);
        }

        @Override
        public long getTransactionCapacity() {
            try (ContextClassLoaderSwap swap = swapLoader()) {
                return ((TransactionCapacitySupported) channel()).getTransactionCapacity();
            }
        }
    }

    /** Passes all calls to a transaction, with a fixed context class loader. For the thread that owns the transaction. */
    private record LoaderBoundTransaction(Transaction transaction, ClassLoader loader) implements Transaction {

        @Override
        public void begin() {
            try (ContextClassLoaderSwap swap = ContextClassLoaderSwap.to(loader)) {
                transaction.begin();
            }
        }

        @Override
        public void commit() {
            try (ContextClassLoaderSwap swap = ContextClassLoaderSwap.to(loader)) {
                transaction.commit();
            }
        }

        @Override
        public void rollback() {
            try (ContextClassLoaderSwap swap = ContextClassLoaderSwap.to(loader)) {
                transaction.rollback();
            }
        }

        @Override
        public void close() {
            try (ContextClassLoaderSwap swap = ContextClassLoaderSwap.to(loader)) {
                transaction.close();
            }
        }
    }
}
