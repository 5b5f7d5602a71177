// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks.worker;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.apache.flume.Channel;
import org.apache.flume.Context;
import org.apache.flume.PollableSource;
import org.apache.flume.Sink;
import org.apache.flume.channel.ChannelProcessor;
import org.apache.flume.channel.MemoryChannel;
import org.apache.flume.channel.ReplicatingChannelSelector;

/** Copies from topic to topic through Flume: a source, a channel, a sink; or several of these pipelines. */
final class PipeLoad implements Load {
    private static final int CAPACITY = 10_000;

    private final CallTimes calls = new CallTimes();
    private final Loops reading = new Loops();
    private final Loops writing = new Loops();
    private final List<Channel> channels = new ArrayList<>();
    private final List<ChannelCounters> counters = new ArrayList<>();
    private final List<PollableSource> sources = new ArrayList<>();
    private final List<Sink> sinks = new ArrayList<>();

    private PipeLoad(Job job, IntFunction<Channel> channelOf) {
        Components components = new Components(job);
        for (int i = 0; i < job.number(Keys.THREADS); i++) {
            Channel channel = channelOf.apply(i);
            channels.add(channel);
            counters.add(ChannelCounters.of(channel));
            ReplicatingChannelSelector selector = new ReplicatingChannelSelector();
            selector.setChannels(List.of(channel));
            PollableSource source = components.source(i);
            source.setChannelProcessor(new ChannelProcessor(selector));
            sources.add(source);
            Sink sink = components.sink(i);
            sink.setChannel(channel);
            sinks.add(sink);
        }
    }

    static PipeLoad withMemoryChannels(Job job) {
        return new PipeLoad(job, number -> memoryChannel(number, job.text(Keys.BATCH)));
    }

    static PipeLoad withKafkaChannels(Job job) {
        return new PipeLoad(job, new Components(job)::channel);
    }

    private static Channel memoryChannel(int number, String batch) {
        MemoryChannel channel = new MemoryChannel();
        channel.setName("memory-" + number);
        channel.configure(new Context(Map.of("capacity", Integer.toString(CAPACITY), "transactionCapacity", batch)));
        return channel;
    }

    @Override
    public void start() {
        channels.forEach(Channel::start);
        for (Sink sink : sinks) {
            sink.start();
            writing.start(sink.getName(), Pollers.of(sink, calls));
        }
        for (PollableSource source : sources) {
            source.start();
            reading.start(source.getName(), Pollers.of(source, new CallTimes()));
        }
    }

    @Override
    public long events() {
        return counters.stream().mapToLong(ChannelCounters::taken).sum();
    }

    @Override
    public CallTimes calls() {
        return calls;
    }

    /** Stops the sources first, so that the sinks can drain the channels. */
    @Override
    public void stop() {
        reading.stop();
        sources.forEach(PollableSource::stop);
        while (events() < counters.stream().mapToLong(ChannelCounters::put).sum()) {
            writing.check();
            Thread.onSpinWait();
        }
        writing.stop();
        sinks.forEach(Sink::stop);
        channels.forEach(Channel::stop);
    }

    @Override
    public void check() {
        reading.check();
        writing.check();
    }
}
