// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks.worker;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import javax.management.JMException;
import javax.management.ObjectName;
import org.apache.flume.Context;
import org.apache.flume.PollableSource;
import org.apache.flume.Sink;
import org.apache.flume.channel.ChannelProcessor;
import org.apache.flume.channel.MemoryChannel;
import org.apache.flume.channel.ReplicatingChannelSelector;

/** Copies from topic to topic through Flume: a source, the memory channel, a sink. */
final class PipeLoad implements Load {
    private static final int CAPACITY = 50_000;
    private static final String CHANNEL = "memory";

    private final CallTimes calls = new CallTimes();
    private final Loops reading = new Loops();
    private final Loops writing = new Loops();
    private final MemoryChannel channel = new MemoryChannel();
    private final PollableSource source;
    private final Sink sink;

    PipeLoad(Job job) {
        channel.setName(CHANNEL);
        channel.configure(new Context(
                Map.of("capacity", Integer.toString(CAPACITY), "transactionCapacity", job.text(Keys.BATCH))));
        ReplicatingChannelSelector selector = new ReplicatingChannelSelector();
        selector.setChannels(List.of(channel));
        Components components = new Components(job);
        source = components.source();
        source.setChannelProcessor(new ChannelProcessor(selector));
        sink = components.sink();
        sink.setChannel(channel);
    }

    @Override
    public void start() {
        channel.start();
        sink.start();
        source.start();
        writing.start("sink", Pollers.of(sink, calls));
        reading.start("source", Pollers.of(source, new CallTimes()));
    }

    @Override
    public long events() {
        return counter("EventTakeSuccessCount");
    }

    /** Reads the memory channel's own counter, so that no code is between the channel and the component. */
    private static long counter(String attribute) {
        try {
            return (Long) ManagementFactory.getPlatformMBeanServer()
                    .getAttribute(new ObjectName("org.apache.flume.channel:type=" + CHANNEL), attribute);
        } catch (JMException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public CallTimes calls() {
        return calls;
    }

    /** Stops the source first, so that the sink can drain the channel. */
    @Override
    public void stop() {
        reading.stop();
        source.stop();
        while (events() < counter("EventPutSuccessCount")) {
            writing.check();
            Thread.onSpinWait();
        }
        writing.stop();
        sink.stop();
        channel.stop();
    }

    @Override
    public void check() {
        reading.check();
        writing.check();
    }
}
