// SPDX-License-Identifier: Apache-2.0
package io.flafka;

import org.apache.flume.Context;
import org.apache.flume.EventDeliveryException;
import org.apache.flume.PollableSource;
import org.apache.flume.channel.ChannelProcessor;
import org.apache.flume.conf.BatchSizeSupported;
import org.apache.flume.conf.Configurable;
import org.apache.flume.lifecycle.LifecycleState;

/**
 * The Kafka source that an agent file names. It passes every call to the isolated implementation.
 *
 * <p>Threads as for any source of Flume: one thread configures it; the source's runner starts it, calls {@code process} and stops it.
 */
@SuppressWarnings("try") // The resources are only opened and closed: see ContextClassLoaderSwap.
public class KafkaSource implements PollableSource, Configurable, BatchSizeSupported {

    private final IsolatedClassLoader isolated;
    private final PollableSource source;

    /**
     * Creates the implementation.
     *
     * @throws org.apache.flume.FlumeException if the plugin's folder does not have the layout of the zip
     */
    public KafkaSource() {
        this(IsolatedClassLoader.ofThisJvm());
    }

    KafkaSource(IsolatedClassLoader isolated) {
        this.isolated = isolated;
        source = isolated.newComponent("io.flafka.source.SourceComponent", PollableSource.class);
    }

    @Override
    public void configure(Context context) {
        try (ContextClassLoaderSwap swap = ContextClassLoaderSwap.to(isolated)) {
            ((Configurable) source).configure(context);
        }
    }

    @Override
    public void start() {
        try (ContextClassLoaderSwap swap = ContextClassLoaderSwap.to(isolated)) {
            source.start();
        }
    }

    @Override
    public Status process() throws EventDeliveryException {
        try (ContextClassLoaderSwap swap = ContextClassLoaderSwap.to(isolated)) {
            return source.process();
        }
    }

    @Override
    public void stop() {
        try (ContextClassLoaderSwap swap = ContextClassLoaderSwap.to(isolated)) {
            source.stop();
        }
    }

    @Override
    public void setChannelProcessor(ChannelProcessor processor) {
        source.setChannelProcessor(
                new HostChannelProcessor(processor, Thread.currentThread().getContextClassLoader()));
    }

    @Override
    public ChannelProcessor getChannelProcessor() {
        return source.getChannelProcessor();
    }

    @Override
    public long getBatchSize() {
        return ((BatchSizeSupported) source).getBatchSize();
    }

    @Override
    public long getBackOffSleepIncrement() {
        return source.getBackOffSleepIncrement();
    }

    @Override
    public long getMaxBackOffSleepInterval() {
        return source.getMaxBackOffSleepInterval();
    }

    @Override
    public LifecycleState getLifecycleState() {
        return source.getLifecycleState();
    }

    @Override
    public void setName(String name) {
        source.setName(name);
    }

    @Override
    public String getName() {
        return source.getName();
    }

    @Override
    public String toString() {
        return source.toString();
    }
}
