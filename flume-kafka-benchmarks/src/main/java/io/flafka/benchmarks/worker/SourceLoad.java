// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks.worker;

import org.apache.flume.PollableSource;

/** A source whose events are only counted. */
final class SourceLoad implements Load {
    private final Delivered delivered = new Delivered();
    private final CallTimes calls = new CallTimes();
    private final Loops loops = new Loops();
    private final PollableSource source;

    SourceLoad(Job job) {
        source = new Components(job).source();
        source.setChannelProcessor(new StubProcessor(delivered, job.number(Keys.BODY)));
    }

    @Override
    public void start() {
        source.start();
        loops.start("source", Pollers.of(source, calls));
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
        source.stop();
    }

    @Override
    public void check() {
        loops.check();
    }
}
