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
 * The Kafka sink that an agent file names: passes every call on to the implementation in isolation.
 *
 * <p>Flume's threading: configured by one thread, started, polled and stopped by the sink's runner.
 */
@SuppressWarnings("try") // The resources are not used but held: see ContextClassLoaderSwap.
public class KafkaSink implements Sink, Configurable, BatchSizeSupported {

    private final IsolatedClassLoader isolated;
    private final Sink sink;
    private volatile @Nullable Channel channel;

    /**
     * Makes the implementation.
     *
     * @throws org.apache.flume.FlumeException if the plugin's folder is not laid out as it was unzipped
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
     * Gives the implementation its channel: our own channel as its implementation, so that the two know each other's real class
     * and no loader is swapped an event; any other to be called with the agent's context class loader.
     */
    @Override
    public void setChannel(Channel channel) {
        this.channel = channel;
        sink.setChannel(
                channel instanceof KafkaChannel ours
                        ? ours.channel()
                        : new LoaderBoundChannel(channel, Thread.currentThread().getContextClassLoader()));
    }

    /** The channel as Flume set it; null before. */
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
