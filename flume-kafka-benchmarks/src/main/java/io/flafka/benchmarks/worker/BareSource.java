// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks.worker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.flume.Context;
import org.apache.flume.Event;
import org.apache.flume.PollableSource;
import org.apache.flume.conf.Configurable;
import org.apache.flume.source.AbstractSource;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A source that only calls the bare consumer, as an upper limit. It polls, passes the values on, and commits without
 * waiting.
 */
public final class BareSource extends AbstractSource implements PollableSource, Configurable {
    private static final Duration POLL = Duration.ofMillis(100);

    private volatile BareClients clients = BareClients.none();
    private volatile @Nullable Consumer<String, byte[]> consumer;

    @Override
    public synchronized void configure(Context context) {
        clients = new BareClients(context.getParameters());
    }

    @Override
    public synchronized void start() {
        Consumer<String, byte[]> started = clients.consumer();
        started.subscribe(List.of(clients.topic()));
        consumer = started;
        super.start();
    }

    @Override
    public Status process() {
        Consumer<String, byte[]> reading = Objects.requireNonNull(consumer);
        List<Event> events = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> record : reading.poll(POLL)) {
            events.add(new RecordEvent(record.value()));
        }
        if (!events.isEmpty()) {
            getChannelProcessor().processEventBatch(events);
            reading.commitAsync();
        }
        return Status.READY;
    }

    @Override
    public synchronized void stop() {
        Consumer<String, byte[]> ending = Objects.requireNonNull(consumer);
        ending.commitSync();
        ending.close();
        super.stop();
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
