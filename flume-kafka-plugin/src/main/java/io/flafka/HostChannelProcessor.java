// SPDX-License-Identifier: Apache-2.0
package io.flafka;

import java.util.List;
import org.apache.flume.ChannelSelector;
import org.apache.flume.Context;
import org.apache.flume.Event;
import org.apache.flume.channel.ChannelProcessor;

/**
 * Passes our source's calls to the agent's channel processor, with the agent's context class loader. So the agent's interceptors, selector and
 * channels see the same loader as with any other source, not the isolated one.
 */
@SuppressWarnings("try") // The resources are only opened and closed: see ContextClassLoaderSwap.
final class HostChannelProcessor extends ChannelProcessor {

    private final ChannelProcessor processor;
    private final ClassLoader host;

    HostChannelProcessor(ChannelProcessor processor, ClassLoader host) {
        super(processor.getSelector());
        this.processor = processor;
        this.host = host;
    }

    @Override
    public void processEventBatch(List<Event> events) {
        try (ContextClassLoaderSwap swap = ContextClassLoaderSwap.to(host)) {
            processor.processEventBatch(events);
        }
    }

    @Override
    public void processEvent(Event event) {
        try (ContextClassLoaderSwap swap = ContextClassLoaderSwap.to(host)) {
            processor.processEvent(event);
        }
    }

    @Override
    public ChannelSelector getSelector() {
        return new ImplementationSelector(processor.getSelector());
    }

    @Override
    public void initialize() {
        processor.initialize();
    }

    @Override
    public void close() {
        processor.close();
    }

    @Override
    public void configure(Context context) {
        processor.configure(context);
    }
}
