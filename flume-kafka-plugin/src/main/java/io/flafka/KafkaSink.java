// SPDX-License-Identifier: Apache-2.0
package io.flafka;

import org.apache.flume.Channel;
import org.apache.flume.Context;
import org.apache.flume.EventDeliveryException;
import org.apache.flume.Sink;
import org.apache.flume.conf.BatchSizeSupported;
import org.apache.flume.conf.Configurable;
import org.apache.flume.lifecycle.LifecycleState;
import org.jspecify.annotations.Nullable;

/**
 * The Kafka sink that an agent file names. It passes every call to the isolated implementation.
 *
 * <p>Threads as for any sink of Flume: one thread configures it; the sink's runner starts it, calls {@code process} and stops it.
 */
@SuppressWarnings("try") // The resources are only opened and closed: see ContextClassLoaderSwap.
public class KafkaSink implements Sink, Configurable, BatchSizeSupported {

    private final IsolatedClassLoader isolated;
    private final Sink sink;
    private volatile @Nullable Channel channel;

    /**
     * Creates the implementation.
     *
     * @throws org.apache.flume.FlumeException if the plugin's folder does not have the layout of the zip
     */
    public KafkaSink() {
        this(IsolatedClassLoader.ofThisJvm());
    }

    KafkaSink(IsolatedClassLoader isolated) {
        this.isolated = isolated;
        sink = isolated.newComponent("io.flafka.sink.SinkComponent", Sink.class);
    }

    @Override
    public void configure(Context context) {
        try (ContextClassLoaderSwap swap = ContextClassLoaderSwap.to(isolated)) {
            ((Configurable) sink).configure(context);
        }
    }

    @Override
    public void start() {
        try (ContextClassLoaderSwap swap = ContextClassLoaderSwap.to(isolated)) {
            sink.start();
        }
    }

    @Override
    public Status process() throws EventDeliveryException {
        try (ContextClassLoaderSwap swap = ContextClassLoaderSwap.to(isolated)) {
            return sink.process();
        }
    }

    @Override
    public void stop() {
        try (ContextClassLoaderSwap swap = ContextClassLoaderSwap.to(isolated)) {
            sink.stop();
        }
    }

    /**
     * Passes the channel to the implementation. For one of our channels it passes the channel's implementation: so the two know each other's class,
     * and the context class loader need not be changed for each event. Any other channel is called with the agent's context class loader.
     */
    @Override
    public void setChannel(Channel channel) {
        this.channel = channel;
        sink.setChannel(
                channel instanceof KafkaChannel ours
                        ? ours.channel()
                        : LoaderBoundChannel.of(channel, Thread.currentThread().getContextClassLoader()));
    }

    /** Returns the channel that Flume has set; null before that. */
    @Override
    public @Nullable Channel getChannel() {
        return channel;
    }

    @Override
    public long getBatchSize() {
        return ((BatchSizeSupported) sink).getBatchSize();
    }

    @Override
    public LifecycleState getLifecycleState() {
        return sink.getLifecycleState();
    }

    @Override
    public void setName(String name) {
        sink.setName(name);
    }

    @Override
    public String getName() {
        return sink.getName();
    }

    @Override
    public String toString() {
        return sink.toString();
    }
}
