// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks.worker;

import org.apache.flume.Channel;
import org.apache.flume.Event;
import org.apache.flume.Transaction;

/** Threads take from a channel as fast as they can. */
final class TakeLoad implements Load {
    private final Delivered delivered = new Delivered();
    private final CallTimes calls = new CallTimes();
    private final Loops loops = new Loops();
    private final Channel channel;
    private final int threads;
    private final int batch;
    private final int body;

    TakeLoad(Job job) {
        channel = new Components(job).channel();
        threads = job.number(Keys.THREADS);
        batch = job.number(Keys.BATCH);
        body = job.number(Keys.BODY);
    }

    @Override
    public void start() {
        channel.start();
        for (int i = 0; i < threads; i++) {
            loops.start("take-" + i, this::take);
        }
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
            Bodies.check(event, body);
            taken++;
        }
        long start = System.nanoTime();
        transaction.commit();
        calls.add(System.nanoTime() - start);
        transaction.close();
        delivered.add(taken);
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
        channel.stop();
    }

    @Override
    public void check() {
        loops.check();
    }
}
