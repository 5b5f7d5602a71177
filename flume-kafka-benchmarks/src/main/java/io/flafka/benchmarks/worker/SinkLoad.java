// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks.worker;

import java.util.ArrayList;
import java.util.List;
import org.apache.flume.Sink;

/** Sinks that drain an endless channel. */
final class SinkLoad implements Load {
    private final Delivered delivered = new Delivered();
    private final CallTimes calls = new CallTimes();
    private final Loops loops = new Loops();
    private final List<Sink> sinks = new ArrayList<>();

    SinkLoad(Job job) {
        StubChannel channel = new StubChannel(delivered, () -> EventRing.of(job));
        channel.setName("stub");
        Components components = new Components(job);
        for (int i = 0; i < job.number(Keys.THREADS); i++) {
            Sink sink = components.sink(i);
            sink.setChannel(channel);
            sinks.add(sink);
        }
    }

    @Override
    public void start() {
        for (Sink sink : sinks) {
            sink.start();
            loops.start(sink.getName(), Pollers.of(sink, calls));
        }
    }

    @Override
    public long events() {
        return delivered.events();
    }

    @Override
    public CallTimes calls() {
        return calls;
    }

    @Override
    public void stop() {
        loops.stop();
        sinks.forEach(Sink::stop);
    }

    @Override
    public void check() {
        loops.check();
    }
}
