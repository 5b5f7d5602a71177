// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks.worker;

import java.util.List;
import org.apache.flume.ChannelSelector;
import org.apache.flume.Event;
import org.apache.flume.channel.ChannelProcessor;
import org.apache.flume.channel.ReplicatingChannelSelector;

/** The channel processor of a measured source: it checks the size of each body and counts. */
final class StubProcessor extends ChannelProcessor {
    private final Delivered delivered;
    private final int body;

    StubProcessor(Delivered delivered, int body) {
        super(selectorWithoutChannels());
        this.delivered = delivered;
        this.body = body;
    }

    /** Returns a selector without channels. A source asks it for them when it starts. */
    static ChannelSelector selectorWithoutChannels() {
        ChannelSelector selector = new ReplicatingChannelSelector();
        selector.setChannels(List.of());
        return selector;
    }

    @Override
    public void processEventBatch(List<Event> events) {
        for (Event event : events) {
            Bodies.check(event, body);
        }
        delivered.add(events.size());
    }

    @Override
    public void processEvent(Event event) {
        processEventBatch(List.of(event));
    }
}
