// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks.worker;

import org.apache.flume.Channel;
import org.apache.flume.Transaction;

/** Threads put into a channel as fast as they can. */
final class PutLoad implements Load {
    private final Delivered delivered = new Delivered();
    private final CallTimes calls = new CallTimes();
    private final Loops loops = new Loops();
    private final Job job;
    private final Channel channel;
    private final int threads;
    private final int batch;

    PutLoad(Job job) {
        channel = new Components(job).channel();
        threads = job.number(Keys.THREADS);
        batch = job.number(Keys.BATCH);
        this.job = job;
    }

    @Override
    public void start() {
        channel.start();
        for (int i = 0; i < threads; i++) {
            EventRing ring = EventRing.of(job);
            loops.start("put-" + i, () -> put(ring));
        }
    }

    private void put(EventRing ring) {
        Transaction transaction = channel.getTransaction();
        transaction.begin();
        for (int i = 0; i < batch; i++) {
            channel.put(ring.next());
        }
        long start = System.nanoTime();
        transaction.commit();
        calls.add(System.nanoTime() - start);
        transaction.close();
        delivered.add(batch);
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
