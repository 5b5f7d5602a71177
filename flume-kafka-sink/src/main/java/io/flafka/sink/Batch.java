// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import io.flafka.errors.FlowStoppedException;
import io.flafka.errors.Refusals;
import io.flafka.produce.PublishException;
import io.flafka.produce.RecordsInFlight;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.apache.flume.Channel;
import org.apache.flume.ChannelException;
import org.apache.flume.Event;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One batch, which is one transaction of the channel: each event sent as it is taken; committed when all are acknowledged. If one is not, the
 * transaction stays open until {@link #giveBack}.
 *
 * <p>It runs on its lane's thread, as the transaction is bound to that. The other threads may wait for {@link #isFilled}, and ask the rest after its end.
 */
final class Batch implements Callable<Integer> {

    private static final Logger LOG = LoggerFactory.getLogger(Batch.class);

    private final Lane lane;
    private final Channel channel;
    private final int limit;
    private final RecordsInFlight records;
    private final List<Event> events = new ArrayList<>();
    private final CountDownLatch taken = new CountDownLatch(1);
    private @Nullable BatchTransaction transaction;
    private volatile boolean full;
    private volatile boolean failed;

    Batch(Lane lane, Channel channel, int limit) {
        this.lane = lane;
        this.channel = channel;
        this.limit = limit;
        this.records = lane.publisher().begin();
    }

    /** All of it, up to the commit; the number of events. */
    @Override
    public Integer call() throws UndeliveredException {
        failed = true;
        deliver();
        failed = false;
        return events.size();
    }

    private void deliver() throws UndeliveredException {
        Optional<UndeliveredException> refusal;
        BatchTransaction own;
        try {
            own = new BatchTransaction(channel.getTransaction());
            transaction = own;
            own.begin();
            refusal = take();
        } finally {
            taken.countDown();
        }
        awaitAcknowledgements(refusal);
        commit(own);
    }

    /** Waits until it takes no more. {@code true} if it has all that it may take, so that the channel may have more. */
    boolean isFilled() throws InterruptedException {
        taken.await();
        return full;
    }

    /** After it has run: whether it came to its end before the commit. */
    boolean hasFailed() {
        return failed;
    }

    /** How many events it has taken. */
    int size() {
        return events.size();
    }

    /** After a failure: the events go back to the channel. */
    void giveBack(Throwable reason) {
        lane.metrics().incrementRollbackCount();
        for (int i = events.size() - 1; i >= 0; i--) {
            lane.intake().givenBack().addFirst(events.get(i), records.isDone(i));
        }
        if (transaction != null) {
            transaction.giveBack(reason);
        }
    }

    /** What ended it before its time, if anything did. */
    private Optional<UndeliveredException> take() {
        try {
            while (events.size() < limit) {
                Event event = channel.take();
                if (event == null) {
                    lane.intake().givenBack().forget();
                    break;
                }
                events.add(event);
                if (!lane.intake().add(event, records)) {
                    return Optional.empty();
                }
            }
            full = events.size() == limit;
            return Optional.empty();
        } catch (FlowStoppedException bad) {
            lane.metrics().incrementEventWriteFail();
            return Optional.of(stopped(events.size() - 1, bad.getMessage()));
        } catch (ChannelException unreadable) {
            lane.metrics().incrementChannelReadFail();
            LOG.debug("KafkaSink {}: batch given back", lane.sink(), unreadable);
            return Optional.of(UndeliveredException.byChannel(
                    "KafkaSink %s: the channel gave no event: %s".formatted(lane.sink(), unreadable.getMessage())));
        } finally {
            lane.metrics().addToEventDrainAttemptCount(events.size());
        }
    }

    private void awaitAcknowledgements(Optional<UndeliveredException> refusal) throws UndeliveredException {
        long start = System.nanoTime();
        try {
            lane.refusals().settle(records);
        } catch (PublishException first) {
            lane.metrics().incrementEventWriteFail();
            LOG.debug("KafkaSink {}: batch given back", lane.sink(), first);
            throw UndeliveredException.because(
                    first.firstFailed(), "KafkaSink %s: %s".formatted(lane.sink(), first.getMessage()));
        } catch (Refusals.Stopped bad) {
            lane.metrics().incrementEventWriteFail();
            throw stopped(bad.index(), bad.getMessage());
        }
        if (refusal.isPresent()) {
            throw refusal.get();
        }
        lane.metrics()
                .addToKafkaEventSendTimer(
                        Duration.ofNanos(System.nanoTime() - start).toMillis());
    }

    private UndeliveredException stopped(int index, @Nullable String reason) {
        return UndeliveredException.because(
                index, "KafkaSink %s: stopped at event %d of the batch: %s".formatted(lane.sink(), index + 1, reason));
    }

    private void commit(BatchTransaction own) throws UndeliveredException {
        try {
            own.commit();
        } catch (ChannelException refused) {
            LOG.debug("KafkaSink {}: batch given back", lane.sink(), refused);
            throw UndeliveredException.byChannel(
                    "KafkaSink %s: Kafka has the batch, and the channel did not commit it: %s"
                            .formatted(lane.sink(), refused.getMessage()));
        }
        own.close();
    }
}
