// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks.worker;

import org.apache.flume.Channel;
import org.apache.flume.Sink;

/** Copies from topic to topic through Flume: a channel without a source, which reads its topic, and a sink. */
final class ChannelCopy implements Copy {
    private final CallTimes calls = new CallTimes();
    private final Loops writing = new Loops();
    private final Channel channel;
    private final Sink sink;

    ChannelCopy(Channel channel, Sink sink) {
        this.channel = channel;
        this.sink = sink;
        sink.setChannel(channel);
    }

    @Override
    public void start() {
        channel.start();
        sink.start();
        writing.start("sink", Pollers.of(sink, calls));
    }

    @Override
    public void check() {
        writing.check();
    }

    @Override
    public CallTimes calls() {
        return calls;
    }

    @Override
    public void stop() {
        writing.stop();
        sink.stop();
        channel.stop();
    }
}
