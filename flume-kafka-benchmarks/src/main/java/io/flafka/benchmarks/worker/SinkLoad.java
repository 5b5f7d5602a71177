// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks.worker;

import org.apache.flume.Sink;

/** A sink that drains an endless channel. */
final class SinkLoad implements Load {
    private final Delivered delivered = new Delivered();
    private final CallTimes calls = new CallTimes();
    private final Loops loops = new Loops();
    private final Sink sink;

    SinkLoad(Job job) {
        StubChannel channel = new StubChannel(delivered, job.number(Keys.BODY));
        channel.setName("stub");
        sink = new Components(job).sink();
        sink.setChannel(channel);
    }

    @Override
    public void start() {
        sink.start();
        loops.start("sink", Pollers.of(sink, calls));
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
        sink.stop();
    }

    @Override
    public void check() {
        loops.check();
    }
}
