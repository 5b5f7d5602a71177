// SPDX-License-Identifier: Apache-2.0
package io.flafka.sink;

import io.flafka.badrecord.FlowStoppedException;
import io.flafka.badrecord.RefusedRecords;
import io.flafka.lifecycle.WorkStage;
import io.flafka.produce.batch.PublishException;
import io.flafka.produce.batch.RecordsInFlight;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
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
 * <p>It runs on its lane's thread, as the transaction is bound to that. The other threads may wait for {@link #filled}, and ask the rest after its end.
 */
final class Batch {

    private static final Logger LOG = LoggerFactory.getLogger(Batch.class);

    private final BatchLane lane;
    private final Channel channel;
    private final BatchLimit limit;
    private final RecordsInFlight records;
    private final List<Event> events = new ArrayList<>();
    private final CompletableFuture<Boolean> filled = new CompletableFuture<>();
    private @Nullable BatchTransaction transaction;
    private boolean endsAtSuspect;

    Batch(BatchLane lane, Channel channel, BatchLimit limit) {
        this.lane = lane;
        this.channel = channel;
        this.limit = limit;
        this.records = lane.publisher().begin();
    }

    /** All of it, up to the commit. */
    void deliver() throws DeliveryFailedException {
        try {
            Optional<DeliveryFailedException> refusal;
            BatchTransaction own;
            try {
                own = new BatchTransaction(channel.getTransaction());
                transaction = own;
                own.begin();
                refusal = take();
            } finally {
                filled.complete(false);
            }
            awaitAcknowledgements(refusal);
            commit(own);
            lane.metrics().addToEventDrainSuccessCount(events.size());
        } finally {
            count();
        }
    }

    private void count() {
        if (events.isEmpty()) {
            lane.metrics().incrementBatchEmptyCount();
        } else if (limit.isReachedBy(events.size())) {
            lane.metrics().incrementBatchCompleteCount();
        } else {
            lane.metrics().incrementBatchUnderflowCount();
        }
    }

    /** Once it takes no more: whether it has all that it may take, so that the channel may have more. */
    Future<Boolean> filled() {
        return filled;
    }

    /** After it was delivered: whether the next one may follow without a look at how this one has ended. */
    boolean hasFollower() {
        return !events.isEmpty() && !endsAtSuspect;
    }

    /** What it has taken. */
    List<Event> events() {
        return events;
    }

    /** After a failure: the events go back to the channel. */
    void giveBack(Throwable reason) {
        lane.metrics().incrementRollbackCount();
        lane.thread().enter(WorkStage.TRANSACTION);
        if (transaction != null) {
            FailedBatchState whereabouts = transaction.giveBack(reason);
            lane.intake().returned().add(events, records::isDone, whereabouts);
        }
    }

    /** What ended it before its time, if anything did. */
    private Optional<DeliveryFailedException> take() {
        lane.thread().enter(WorkStage.IDLE);
        try {
            takeUpTo(limit.next());
            return Optional.empty();
        } catch (FlowStoppedException bad) {
            lane.metrics().incrementEventWriteFail();
            return Optional.of(stopped(events.size() - 1, bad.getMessage()));
        } catch (ChannelException unreadable) {
            lane.metrics().incrementChannelReadFail();
            LOG.debug("KafkaSink {}: batch given back", lane.sink(), unreadable);
            return Optional.of(DeliveryFailedException.byChannel(
                    "KafkaSink %s: the channel gave no event: %s".formatted(lane.sink(), unreadable.getMessage())));
        } finally {
            lane.thread().enter(WorkStage.AWAITING_ACKNOWLEDGEMENTS);
            lane.metrics().addToEventDrainAttemptCount(events.size());
        }
    }

    private void takeUpTo(int most) throws FlowStoppedException {
        while (!lane.thread().isStopping()) {
            Event event = lane.intake().take(channel);
            if (event == null) {
                return;
            }
            if (events.isEmpty()) {
                lane.thread().enter(WorkStage.MOVING_EVENTS);
            }
            events.add(event);
            if (!lane.intake().add(event, records)) {
                return;
            }
            if (limit.isLast(event)) {
                endsAtSuspect = true;
                return;
            }
            if (events.size() == most) {
                filled.complete(true);
                return;
            }
        }
    }

    private void awaitAcknowledgements(Optional<DeliveryFailedException> refusal) throws DeliveryFailedException {
        long start = System.nanoTime();
        try {
            lane.refusals().settle(records);
        } catch (PublishException first) {
            lane.metrics().incrementEventWriteFail();
            LOG.debug("KafkaSink {}: batch given back", lane.sink(), first);
            throw DeliveryFailedException.because(
                    first.firstFailed(), "KafkaSink %s: %s".formatted(lane.sink(), first.getMessage()));
        } catch (RefusedRecords.Stopped bad) {
            lane.metrics().incrementEventWriteFail();
            throw stopped(bad.index(), bad.getMessage());
        } finally {
            lane.thread().enter(WorkStage.TRANSACTION);
        }
        if (refusal.isPresent()) {
            throw refusal.get();
        }
        lane.metrics()
                .addToKafkaEventSendTimer(
                        Duration.ofNanos(System.nanoTime() - start).toMillis());
    }

    private DeliveryFailedException stopped(int index, @Nullable String reason) {
        return DeliveryFailedException.because(
                index, "KafkaSink %s: stopped at event %d of the batch: %s".formatted(lane.sink(), index + 1, reason));
    }

    private void commit(BatchTransaction own) throws DeliveryFailedException {
        try {
            own.commit();
        } catch (ChannelException refused) {
            LOG.debug("KafkaSink {}: batch given back", lane.sink(), refused);
            throw DeliveryFailedException.byChannel(
                    "KafkaSink %s: Kafka has the batch, and the channel did not commit it: %s"
                            .formatted(lane.sink(), refused.getMessage()));
        }
        own.close();
    }
}
