// SPDX-License-Identifier: Apache-2.0
package io.flafka.benchmarks.worker;

import java.util.function.Supplier;
import org.apache.flume.Context;
import org.apache.flume.Event;
import org.apache.flume.Transaction;
import org.apache.flume.channel.AbstractChannel;

/**
 * The channel of a measured sink: it is never empty and stores nothing. It is also the contender {@code stub}, which
 * shows the cost of the parts around a channel. A transaction belongs to the thread that requested it.
 */
public final class StubChannel extends AbstractChannel {
    private static final int SMALL_BODY = 100;

    private final Delivered delivered;
    private volatile Supplier<EventRing> rings;

    @SuppressWarnings("ThreadLocalUsage") // Of this channel, which lives as long as the run.
    private final ThreadLocal<StubTransaction> transactions = ThreadLocal.withInitial(StubTransaction::new);

    /** Creates the contender. */
    public StubChannel() {
        this(new Delivered(), () -> EventRing.of(SMALL_BODY));
    }

    StubChannel(Delivered delivered, Supplier<EventRing> rings) {
        this.delivered = delivered;
        this.rings = rings;
    }

    @Override
    public void configure(Context context) {
        int body = context.getInteger("body", SMALL_BODY);
        rings = () -> EventRing.of(body);
    }

    @Override
    public void put(Event event) {
        // Nothing is stored.
    }

    @Override
    public Event take() {
        return transactions.get().take();
    }

    @Override
    public Transaction getTransaction() {
        return transactions.get();
    }

    /** Counts taken events. */
    private final class StubTransaction implements Transaction {
        private final EventRing ring = rings.get();
        private int taken;

        Event take() {
            taken++;
            return ring.next();
        }

        @Override
        public void begin() {
            taken = 0;
        }

        @Override
        public void commit() {
            delivered.add(taken);
        }

        @Override
        public void rollback() {
            throw new IllegalStateException("The measured sink rolled back " + taken + " events");
        }

        @Override
        public void close() {
            taken = 0;
        }
    }
}
