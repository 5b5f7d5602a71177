// SPDX-License-Identifier: Apache-2.0
package io.flafka.source;

import io.flafka.lifecycle.WorkStage;
import io.flafka.lifecycle.WorkThread;
import java.util.List;
import org.apache.flume.Event;
import org.apache.flume.channel.ChannelProcessor;

/** The channels of a source, for its own thread, which says when it is in them: an interrupt there would close the file of a channel on disk. */
final class ShieldedChannels extends ChannelProcessor {

    private final ChannelProcessor channels;
    private final WorkThread thread;

    ShieldedChannels(ChannelProcessor channels, WorkThread thread) {
        super(channels.getSelector());
        this.channels = channels;
        this.thread = thread;
    }

    @Override
    public void processEventBatch(List<Event> events) {
        thread.enter(WorkStage.MOVING_EVENTS);
        try {
            channels.processEventBatch(events);
        } finally {
            thread.enter(WorkStage.IDLE);
        }
    }
}
