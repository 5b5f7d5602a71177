// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks.worker;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.apache.flume.Channel;
import org.apache.flume.Event;
import org.apache.flume.Transaction;
import org.apache.flume.event.SimpleEvent;

/** Measures the latency of a channel: from the start of an event's put transaction to a take that waits for it. */
final class ChannelLatencyLoad implements Load {
    private static final Duration INTERVAL = Duration.ofMillis(20);

    private final Delivered sent = new Delivered();
    private final Delivered delivered = new Delivered();
    private final CallTimes latencies = new CallTimes();
    private final Loops puts = new Loops();
    private final Loops takes = new Loops();
    private final Channel channel;
    private final int batch;
    private final byte[] body;
    private long due = System.nanoTime();

    ChannelLatencyLoad(Job job) {
        channel = new Components(job).channel();
        batch = job.number(Keys.BATCH);
        body = new LogLines().next(job.number(Keys.BODY));
    }

    @Override
    public void start() {
        channel.start();
        takes.start("take", this::take);
        puts.start("put", this::put);
    }

    private void put() {
        due = Math.max(due + INTERVAL.toNanos(), System.nanoTime());
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
        Event event = new SimpleEvent();
        event.getHeaders().putAll(EventRing.headers());
        event.setBody(Bodies.stamp(body));
        Transaction transaction = channel.getTransaction();
        transaction.begin();
        channel.put(event);
        transaction.commit();
        transaction.close();
        sent.add(1);
    }

    private void take() {
        Transaction transaction = channel.getTransaction();
        transaction.begin();
        int taken = 0;
        while (taken < batch) {
            Event event = channel.take();
            if (event == null) {
                break;
            }
            latencies.add(Bodies.nanosSince(event));
            taken++;
        }
        transaction.commit();
        transaction.close();
        delivered.add(taken);
    }

    @Override
    public long events() {
        return delivered.events();
    }

    @Override
    public CallTimes calls() {
        return latencies;
    }

    /** Stops the puts first, so that the takes can drain the channel. */
    @Override
    public void stop() {
        puts.stop();
        while (delivered.events() < sent.events()) {
            takes.check();
            Thread.onSpinWait();
        }
        takes.stop();
        channel.stop();
    }

    @Override
    public void check() {
        puts.check();
        takes.check();
    }
}
