// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks.worker;

import org.apache.flume.Channel;
import org.apache.flume.Transaction;
import org.apache.flume.sink.AbstractSink;

/**
 * The contender {@code stub} for sinks: it takes and drops events, which shows the cost of the channel of a measured
 * sink.
 */
public final class StubSink extends AbstractSink {
    private static final int BATCH = 1000;

    @Override
    public Status process() {
        Channel channel = getChannel();
        Transaction transaction = channel.getTransaction();
        transaction.begin();
        for (int i = 0; i < BATCH; i++) {
            channel.take();
        }
        transaction.commit();
        transaction.close();
        return Status.READY;
    }
}
