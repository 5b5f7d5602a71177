// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks.worker;

import java.util.List;
import org.apache.flume.Event;
import org.apache.flume.PollableSource;
import org.apache.flume.channel.ChannelProcessor;

/** Measures the latency of a source: from the producer to the channel. */
final class SourceLatencyLoad implements Load {
    private final Delivered delivered = new Delivered();
    private final CallTimes latencies = new CallTimes();
    private final Loops loops = new Loops();
    private final PollableSource source;

    SourceLatencyLoad(Job job) {
        source = new Components(job).source();
        source.setChannelProcessor(new Arrival());
    }

    @Override
    public void start() {
        source.start();
        loops.start("source", Pollers.of(source, new CallTimes()));
    }

    @Override
    public long events() {
        return delivered.events();
    }

    @Override
    public CallTimes calls() {
        return latencies;
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

    /** Receives the source's events. */
    private final class Arrival extends ChannelProcessor {
        Arrival() {
            super(StubProcessor.selectorWithoutChannels());
        }

        @Override
        public void processEventBatch(List<Event> events) {
            for (Event event : events) {
                latencies.add(Bodies.nanosSince(event));
            }
            delivered.add(events.size());
        }

        @Override
        public void processEvent(Event event) {
            processEventBatch(List.of(event));
        }
    }
}
