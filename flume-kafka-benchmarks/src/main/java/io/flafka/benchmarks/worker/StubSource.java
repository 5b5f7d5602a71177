// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks.worker;

import java.util.List;
import java.util.stream.Stream;
import org.apache.flume.Context;
import org.apache.flume.Event;
import org.apache.flume.PollableSource;
import org.apache.flume.conf.Configurable;
import org.apache.flume.source.AbstractSource;

/**
 * The contender {@code stub} for sources: it passes prepared events on, which shows the cost of the parts after a
 * measured source.
 */
public final class StubSource extends AbstractSource implements PollableSource, Configurable {
    private static final int BATCH = 1000;

    private List<Event> batch = List.of();

    @Override
    public void configure(Context context) {
        EventRing ring = EventRing.of(context.getInteger("body"));
        batch = Stream.generate(ring::next).limit(BATCH).toList();
    }

    @Override
    public Status process() {
        getChannelProcessor().processEventBatch(batch);
        return Status.READY;
    }

    @Override
    public long getBackOffSleepIncrement() {
        return 0;
    }

    @Override
    public long getMaxBackOffSleepInterval() {
        return 0;
    }
}
