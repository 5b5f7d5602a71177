// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks.worker;

import java.util.Objects;
import org.apache.flume.Channel;
import org.apache.flume.Context;
import org.apache.flume.Event;
import org.apache.flume.Transaction;
import org.apache.flume.conf.Configurable;
import org.apache.flume.sink.AbstractSink;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A sink that only calls the bare producer, as an upper limit. It sends each event and waits only for space in the
 * producer's buffer.
 */
public final class BareSink extends AbstractSink implements Configurable {
    private static final int BATCH = 1000;

    private final Sends sends = new Sends();
    private volatile BareClients clients = BareClients.none();
    private volatile @Nullable Producer<String, byte[]> producer;

    @Override
    public synchronized void configure(Context context) {
        clients = new BareClients(context.getParameters());
    }

    @Override
    public synchronized void start() {
        producer = clients.producer();
        super.start();
    }

    @Override
    public Status process() {
        Channel channel = getChannel();
        Transaction transaction = channel.getTransaction();
        transaction.begin();
        int taken = 0;
        while (taken < BATCH) {
            Event event = channel.take();
            if (event == null) {
                break;
            }
            sends.send(
                    Objects.requireNonNull(producer),
                    new ProducerRecord<>(clients.topic(), event.getHeaders().get(EventRing.KEY), event.getBody()));
            taken++;
        }
        transaction.commit();
        transaction.close();
        sends.check();
        return taken == 0 ? Status.BACKOFF : Status.READY;
    }

    /** Waits for the records in flight. */
    @Override
    public synchronized void stop() {
        Objects.requireNonNull(producer).close();
        super.stop();
        sends.check();
    }
}
